package io.evenstep.driver.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StepLedgerTest {
  private final StepLedger ledger = new StepLedger();

  @Test
  void countsNothingWhileNothingIsLost() {
    ledger.attemptBegins();
    ledger.resumed(40);
    ledger.done(50);
    assertThat(ledger.redone()).isZero();
  }

  @Test
  void countsWhatEachAttemptTakesAgain() {
    ledger.attemptBegins();
    ledger.done(10);
    ledger.attemptBegins();
    ledger.resumed(9);
    ledger.done(20);
    ledger.attemptBegins();
    ledger.resumed(16);
    ledger.done(30);
    assertThat(ledger.redone()).isEqualTo(1 + 4);
  }

  @Test
  void anAttemptThatDoesNotResumeBeganAtNothing() {
    ledger.attemptBegins();
    ledger.done(7);
    ledger.attemptBegins();
    ledger.done(1);
    assertThat(ledger.redone()).isEqualTo(7);
  }
}
