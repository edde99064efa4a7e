package io.evenstep.worker.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenstep.model.ConfigException;
import io.evenstep.model.engine.Region;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.SyncPlan.Method;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageSizeTest {
  private static final int LENGTH = 40_000;
  private static final int ROWS = 8;
  private static final long LIMIT = 256L << 20;

  /** Random places make distances of all lengths; a threshold that is too low sends most. */
  @ParameterizedTest
  @CsvSource({
    "THRESHOLD, 0.5",
    "THRESHOLD, 0.99",
    "THRESHOLD, 0.9999",
    "TOP_K, 0",
    "TOP_K, 0.99",
    "TOP_K, 0.9999",
    "DGC, 0.999"
  })
  void isNotLessThanWhatIsSent(Method method, double sparsity) {
    SyncPlan.Sharing plan = new SyncPlan.Sharing(method, sparsity, 1e-6, 0.9, 0, 0);
    SparseParts parts = SparseParts.of(LENGTH, List.of());
    ShardEncoder encoder = new ShardEncoder(plan, parts, 1);
    Region memory = Region.allocate(ShardEncoder.memory(method, LENGTH));
    Random random = new Random(7);
    Message message = new Message();
    int longest = 0;
    for (int step = 0; step < 20; step++) {
      Region gradient = Region.allocate(LENGTH);
      for (int i = 0; i < LENGTH; i++) {
        gradient.bytes().asFloatBuffer().put(i, (float) random.nextGaussian());
      }
      message.clear();
      assertThat(encoder.encode(gradient, memory, ROWS, step, message)).isTrue();
      longest = Math.max(longest, message.length());
    }
    long most = MessageSize.most(plan, LENGTH, 0);
    assertThat(most).isGreaterThanOrEqualTo(longest);
    assertThat(most - longest).isLessThan(longest / 2 + LENGTH / 32); // and it is not far off
  }

  @Test
  void countsTheFirstStepsOfAWarmUpAndStatistics() {
    SyncPlan.Sharing cold = new SyncPlan.Sharing(Method.TOP_K, 0.999, 1e-3, 0, 0, 0);
    SyncPlan.Sharing warm = new SyncPlan.Sharing(Method.TOP_K, 0.999, 1e-3, 0, 0, 100);
    assertThat(MessageSize.most(warm, 1_000_000, 0))
        .isGreaterThan(200 * MessageSize.most(cold, 1_000_000, 0) / 2);
    assertThat(MessageSize.most(cold, 1_000_000, 10) - MessageSize.most(cold, 1_000_000, 0))
        .isEqualTo(40);
  }

  @Test
  void namesTheSparsityThatFits() {
    long parameters = 100_000_000;
    SyncPlan.Sharing dense = new SyncPlan.Sharing(Method.TOP_K, 0.5, 1e-3, 0, 0, 0);
    assertThatThrownBy(() -> MessageSize.requireFits(dense, parameters, 0, 4, LIMIT))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("Invalid training.sharing.sparsity: must be at least 0.7")
        .hasMessageContaining("4 parts of a batch")
        .hasMessageContaining("100,000,000 parameters, must fit into 256 MB; or use more processes")
        .hasMessageEndingWith(", got 0.5");
    String message = messageOf(dense, parameters);
    double named = Double.parseDouble(message.replaceAll(".*at least ([0-9.]+),.*", "$1"));
    SyncPlan.Sharing fitting = new SyncPlan.Sharing(Method.TOP_K, named, 1e-3, 0, 0, 0);
    SyncPlan.Sharing less = new SyncPlan.Sharing(Method.TOP_K, named - 2e-4, 1e-3, 0, 0, 0);
    assertThatCode(() -> MessageSize.requireFits(fitting, parameters, 0, 4, LIMIT))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> MessageSize.requireFits(less, parameters, 0, 4, LIMIT))
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void namesTheWarmUpThatDoesNotFit() {
    SyncPlan.Sharing warm = new SyncPlan.Sharing(Method.DGC, 0.999, 1e-3, 0.9, 0, 100);
    assertThatThrownBy(() -> MessageSize.requireFits(warm, 100_000_000, 0, 8, LIMIT))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("Invalid training.sharing.warmupSteps: must be 0: the first steps")
        .hasMessageEndingWith(", got 100");
  }

  private static String messageOf(SyncPlan.Sharing plan, long parameters) {
    try {
      MessageSize.requireFits(plan, parameters, 0, 4, LIMIT);
    } catch (ConfigException e) {
      return e.getMessage();
    }
    throw new AssertionError("It fits");
  }
}
