// One WebSocket at a time, kept alive, and opened again with growing pauses when it ends.

const PONG_WITHIN = 10_000;
const WELCOME_WITHIN = 20_000;
const LONGEST_PAUSE = 60;

/**
 * `opened` is called when frames can be sent; `heard` with each frame that is one; `ended` when the connection is over,
 * whoever ended it. Whoever opened says `coming` while the server tells what was missed, and `settled` once it has. `place`
 * is the cursor of what is known: with each ping the server tells what there is besides.
 */
export function createConnection(url, { opened, heard, ended, place }) {
  let socket = null;
  let wanted = false;
  let attempts = 0;
  let pause = 0;
  let pinging = 0;
  let deadline = 0;
  let patience = 0;

  function start() {
    wanted = true;
    if (!socket && !pause) open();
  }

  /** Until the next `start`. */
  function rest() {
    wanted = false;
    drop();
  }

  /** Something has changed for the better, or may have: finds out now instead of later. */
  function hurry() {
    if (pinging) ping();
    else if (wanted && !socket) open();
  }

  function open() {
    clearTimeout(pause);
    pause = 0;
    const mine = new WebSocket(url);
    socket = mine;
    expect(WELCOME_WITHIN);
    mine.onopen = () => mine === socket && opened();
    mine.onmessage = ({ data }) => mine === socket && take(data);
    mine.onclose = () => mine === socket && drop();
  }

  function take(data) {
    const frame = frameOf(data);
    if (frame?.type === "pong") clearTimeout(deadline);
    if (frame) heard(frame);
  }

  /** It has begun to tell, and goes on. */
  function coming() {
    expect(WELCOME_WITHIN);
  }

  function settled(pingEvery) {
    attempts = 0;
    clearTimeout(deadline);
    clearInterval(pinging);
    pinging = setInterval(ping, (pingEvery || 60) * 1000);
  }

  function ping() {
    send({ type: "ping", cursor: place() });
    expect(PONG_WITHIN);
  }

  function expect(milliseconds) {
    clearTimeout(deadline);
    deadline = setTimeout(drop, milliseconds);
  }

  /** Does not wait for the other end to agree: where the network is gone, it never would. */
  function drop() {
    clearTimeout(deadline);
    clearTimeout(pause);
    clearInterval(pinging);
    pinging = 0;
    const old = socket;
    socket = null;
    old?.close();
    pause = wanted ? setTimeout(open, nextPause()) : 0;
    ended();
  }

  /** The server has asked to be left alone for so many seconds. */
  function leaveAlone(seconds) {
    patience = seconds;
    drop();
    patience = 0;
  }

  function nextPause() {
    const seconds = Math.min(2 ** attempts++, LONGEST_PAUSE);
    return (patience + seconds * (0.5 + Math.random() / 2)) * 1000;
  }

  function send(frame) {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ v: 1, ...frame }, wellFormed));
  }

  return { start, rest, hurry, send, drop, leaveAlone, coming, settled };
}

/** Half a character, as cutting a text leaves one behind, is no text to the shop: the frame would never be taken. */
const wellFormed = (_name, value) =>
  typeof value === "string" ? new TextDecoder().decode(new TextEncoder().encode(value)) : value;

/** Anything else than an object of this version is not for us. */
function frameOf(data) {
  try {
    const frame = JSON.parse(data);
    return frame?.v === 1 ? frame : null;
  } catch {
    return null;
  }
}
