/** The sound of a tab. The user no longer hears a captured tab, so its sound is also played here. */
export interface TabSound {
  stream: MediaStream;
  stop(): void;
}

/** Only Chromium knows these. */
interface TabConstraints {
  audio: { mandatory: { chromeMediaSource: 'tab'; chromeMediaSourceId: string } };
}

export async function openTabSound(streamId: string): Promise<TabSound> {
  const wish: TabConstraints = { audio: { mandatory: { chromeMediaSource: 'tab', chromeMediaSourceId: streamId } } };
  const stream = await navigator.mediaDevices.getUserMedia(wish as unknown as MediaStreamConstraints);
  const loudspeaker = new AudioContext();
  loudspeaker.createMediaStreamSource(stream).connect(loudspeaker.destination);
  return {
    stream,
    stop() {
      for (const track of stream.getTracks()) track.stop();
      void loudspeaker.close();
    },
  };
}
