/** The sound of a tab. A captured tab is silent for the person, so its sound is played on. */
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
