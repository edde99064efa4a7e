package io.evenstep.driver.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.StorageException;
import io.evenstep.worker.progress.ProgressEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunListenersTest {
  private static final ProgressEvent EVENT = new ProgressEvent.Resumed(3, true);

  private final List<String> told = new ArrayList<>();

  /** Records what it is told. */
  private final class Noting implements RunListener {
    private final String name;

    Noting(String name) {
      this.name = name;
    }

    @Override
    public void progress(ProgressEvent event) {
      told.add(name + " progress");
    }

    @Override
    public void close() {
      told.add(name + " close");
    }
  }

  private static final class Failing implements RunListener {
    @Override
    public void progress(ProgressEvent event) {
      throw new IllegalStateException("a listener's own trouble");
    }

    @Override
    public void runFails(String reason) {
      throw new AssertionError("must be left out once it has thrown");
    }
  }

  @Test
  void tellsAllInOrderAndLeavesOutOneThatThrows() {
    RunListeners listeners =
        RunListeners.of(List.of(new Noting("a"), new Failing(), new Noting("b")));

    listeners.progress(EVENT);
    listeners.runFails("stopped");
    listeners.progress(EVENT);
    listeners.close();
    listeners.progress(EVENT);

    assertThat(told)
        .containsExactly(
            "a progress", "b progress", "a progress", "b progress", "a close", "b close");
  }

  @Test
  void doesNotEndARunWhoseResultsCannotBeWritten() {
    RunListener full =
        new RunListener() {
          @Override
          public void runEnds(RunEnd end) {
            throw new StorageException("the disk is full", new java.io.IOException("full"));
          }
        };
    RunListeners listeners = RunListeners.of(List.of(full));
    assertThatThrownBy(() -> listeners.runEnds(null))
        .isInstanceOf(StorageException.class)
        .hasMessage("the disk is full");
  }
}
