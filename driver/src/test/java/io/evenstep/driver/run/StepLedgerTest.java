package io.evenstep.driver.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.driver.event.AttemptStart;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.progress.ProgressEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepLedgerTest {
  private final StepLedger ledger = new StepLedger();

  @Test
  void countsNothingWhileNothingIsLost() {
    attemptBegins();
    resumed(40);
    done(50);
    assertThat(ledger.redone()).isZero();
  }

  @Test
  void countsWhatEachAttemptTakesAgain() {
    attemptBegins();
    done(10);
    attemptBegins();
    resumed(9);
    done(20);
    attemptBegins();
    resumed(16);
    done(30);
    assertThat(ledger.redone()).isEqualTo(1 + 4);
  }

  @Test
  void anAttemptThatDoesNotResumeBeganAtNothing() {
    attemptBegins();
    done(7);
    attemptBegins();
    done(1);
    assertThat(ledger.redone()).isEqualTo(7);
  }

  private void attemptBegins() {
    ledger.attemptBegins(new AttemptStart(1, 2, 1, new SyncPlan.AllReduce()));
  }

  private void resumed(long step) {
    ledger.progress(new ProgressEvent.Resumed(step, true));
  }

  private void done(long step) {
    ledger.progress(new ProgressEvent.StepDone(step, 0, step, 1, 1, List.of()));
  }
}
