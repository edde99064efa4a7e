package io.evenstep.worker.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.worker.fault.FrameFault.Kind;
import io.evenstep.worker.fault.FrameFault.Way;
import io.evenstep.worker.mesh.RankLostException;
import io.evenstep.worker.plan.Limits;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.TestLimits;
import io.evenstep.worker.train.TrainingPlan.Resume;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One fault between rank 1 and rank 2, in the middle of training. */
class NamedLossTest {
  private static final Way WAY = new Way(1, 2);
  private static final int MESSAGE = 12;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"DROP", "DUPLICATE", "SWAP", "CUT", "FLIP", "RESET"})
  void namesBothEndsOfADamagedConnectionWithoutWaitingForALimit(Kind kind) throws Exception {
    Attempt attempt = attempt(kind, Duration.ofMinutes(10)); // a longer wait counts as hanging
    assertThat(attempt.losses().get(1).peer()).isEqualTo(2);
    assertThat(attempt.losses().get(2).peer()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"SILENCE", "FREEZE"})
  void namesAnEndOfASilentConnectionOnceTheLimitIsOver(Kind kind) throws Exception {
    attempt(kind, Duration.ofSeconds(4));
  }

  /** Every rank ends, and the rank that the fault does not affect names one that it does. */
  private Attempt attempt(Kind kind, Duration peer) throws Exception {
    FrameFault fault = new FrameFault(kind, 0, WAY, MESSAGE, 0.5);
    SmallTraining training = new SmallTraining(folder);
    SmallTraining.Setup setup =
        new SmallTraining.Setup(3, 4, 3_000, new SyncPlan.AllReduce(), 0, false, 0, Resume.NEVER);
    Limits limits = TestLimits.of(Duration.ofSeconds(20), peer);
    Attempt attempt =
        Attempt.run(
            training, setup, limits, FaultCase.processes(3), training.newRun(), List.of(fault));
    assertThat(attempt.struck()).containsExactly(fault);
    assertThat(attempt.losses()).extracting(RankLostException::rank).containsExactly(0, 1, 2);
    assertThat(attempt.losses().get(0).peer()).isIn(1, 2);
    return attempt;
  }
}
