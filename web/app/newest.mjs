// Work that is asked for more often than it can be done: one at a time, and the last wish is always done.

const frame = () => new Promise((resolve) => { requestAnimationFrame(resolve); });

// What is asked for while the work runs is done once, when it ends; at most once a frame.
export function newest(work) {
    let busy = false, again = false;
    return async () => {
        again = true;
        if (busy) return;
        busy = true;
        try {
            while (again) {
                again = false;
                await work();
                await frame();
            }
        } finally {
            busy = false;
        }
    };
}

// Gives a signal for each wish; the one before is aborted, so that its answer is not taken any more.
export function signals() {
    let control = null;
    return () => {
        control?.abort();
        control = new AbortController();
        return control.signal;
    };
}

// Only after `ms` without another call.
export function calm(work, ms) {
    let timer = 0;
    return () => {
        clearTimeout(timer);
        timer = setTimeout(work, ms);
    };
}
