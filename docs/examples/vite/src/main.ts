import { createRecognizer } from 'entendu/web';

const recognizer = createRecognizer({ library: 'my-songs' });
const status = document.querySelector<HTMLElement>('[role=status]')!;
const filesOf = (event: Event) => [...((event.target as HTMLInputElement).files ?? [])];

document.querySelector('#songs')!.addEventListener('change', async (event) => {
  const results = await Promise.all(filesOf(event).map((file) => recognizer.add(file)));
  status.textContent = `${results.filter(({ state }) => state === 'added').length} learnt`;
});

document.querySelector('#clip')!.addEventListener('change', async (event) => {
  const [file] = filesOf(event);
  const { matches } = await recognizer.recognize(file);
  status.textContent = matches[0]?.track.title ?? 'Not one of these songs';
});
