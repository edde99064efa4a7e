package io.evenstep.driver.event;

import io.evenstep.model.Reason;
import io.evenstep.model.StorageException;
import io.evenstep.worker.progress.ProgressEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards events to several listeners in turn. A listener that throws gets no more events;
 * training and the other listeners are not affected. Thread-safe.
 */
public final class RunListeners implements RunListener {
  private static final Logger log = LoggerFactory.getLogger(RunListeners.class);

  private final List<RunListener> listeners;

  private RunListeners(List<RunListener> listeners) {
    this.listeners = new ArrayList<>(listeners);
  }

  /** Forwards to these listeners, in this order. */
  public static RunListeners of(List<? extends RunListener> listeners) {
    return new RunListeners(List.copyOf(listeners));
  }

  @Override
  public void runBegins(RunStart start) {
    tell(listener -> listener.runBegins(start));
  }

  @Override
  public void attemptBegins(AttemptStart attempt) {
    tell(listener -> listener.attemptBegins(attempt));
  }

  @Override
  public void progress(ProgressEvent event) {
    tell(listener -> listener.progress(event));
  }

  @Override
  public void attemptLost(int number, String reason) {
    tell(listener -> listener.attemptLost(number, reason));
  }

  @Override
  public synchronized void runEnds(RunEnd end) {
    for (RunListener listener : List.copyOf(listeners)) {
      try {
        listener.runEnds(end);
      } catch (StorageException e) {
        throw e;
      } catch (RuntimeException e) {
        leaveOut(listener, e);
      }
    }
  }

  @Override
  public void runFails(String reason) {
    tell(listener -> listener.runFails(reason));
  }

  /** Closes each of them. */
  @Override
  public synchronized void close() {
    tell(RunListener::close);
    listeners.clear();
  }

  private synchronized void tell(Consumer<RunListener> event) {
    for (RunListener listener : List.copyOf(listeners)) {
      try {
        event.accept(listener);
      } catch (RuntimeException e) {
        leaveOut(listener, e);
      }
    }
  }

  private void leaveOut(RunListener listener, RuntimeException e) {
    listeners.remove(listener);
    String name = listener.getClass().getSimpleName();
    log.warn("{} failed and gets no more events; the run continues: {}", name, Reason.of(e), e);
    try {
      listener.close();
    } catch (RuntimeException more) {
      log.debug("{} cannot be closed", name, more);
    }
  }
}
