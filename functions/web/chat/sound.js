// A short tone for a new message, for those who asked for it.

import { alone } from "./storage.js";

const TONES = [660, 880];
const LENGTH = 0.12;

export function createSound(storage, changed) {
  const isOn = () => storage.read("sound") === true;

  function toggle() {
    storage.write("sound", !isOn());
    if (isOn()) play();
    changed();
  }

  /** Once per message, however many tabs hear of it. */
  function announce(id) {
    if (!isOn()) return;
    alone("sound", () => {
      if (storage.read("sounded") === id) return;
      storage.write("sounded", id);
      play();
    });
  }

  return { isOn, toggle, announce };
}

function play() {
  const audio = new AudioContext();
  TONES.forEach((pitch, i) => {
    const [tone, volume] = [audio.createOscillator(), audio.createGain()];
    const [begin, end] = [audio.currentTime + i * LENGTH, audio.currentTime + (i + 1) * LENGTH];
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.08, begin);
    volume.gain.exponentialRampToValueAtTime(0.001, end);
    tone.connect(volume).connect(audio.destination);
    tone.start(begin);
    tone.stop(end);
  });
  setTimeout(() => audio.close(), 1000);
}
