package io.evenstep.driver.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenstep.model.ConfigException;
import io.evenstep.model.Gpu;
import io.evenstep.model.NativeRuntime;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** The GPUs of this machine, which must have one. */
@Tag("gpu")
class CardTest {
  private static final int FIRST_WITHOUT_CODE = 90;

  private final List<Gpu> cards = NvidiaSmi.installed().cards();

  @Test
  void whatAThreadComputesIsDoneByTheCardItIsBoundTo() throws Exception {
    for (Gpu card : cards) {
      TaskDevice device = new TaskDevice(OptionalInt.of(card.index()));
      device.requireUsable(NvidiaSmi.installed());
      assertThat(cardOfASumOnAThreadOf(device)).isEqualTo(List.of(card.index(), card.index()));
    }
  }

  /** The GPU of the thread, and of an array that it made. */
  private static List<Integer> cardOfASumOnAThreadOf(TaskDevice device)
      throws InterruptedException, ExecutionException {
    FutureTask<List<Integer>> work =
        new FutureTask<>(
            () -> {
              NativeRuntime.oneThread();
              device.bindThread();
              int ofArray =
                  Nd4j.getAffinityManager().getDeviceForArray(Nd4j.ones(4, 4).mmul(Nd4j.eye(4)));
              return List.of(Nd4j.getAffinityManager().getDeviceForCurrentThread(), ofArray);
            });
    Thread thread = new Thread(work, "bound-to-" + device.gpu().getAsInt());
    thread.start();
    thread.join();
    return work.get();
  }

  @Test
  void thatHaveNoCodeAreRefused() {
    List<Gpu> newer =
        cards.stream().filter(card -> card.computeCapability() >= FIRST_WITHOUT_CODE).toList();
    assumeTrue(!newer.isEmpty(), "No card of compute capability 9.0 or newer here");
    for (Gpu card : newer) {
      TaskDevice device = new TaskDevice(OptionalInt.of(card.index()));
      assertThatThrownBy(() -> device.requireUsable(NvidiaSmi.installed()))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("ND4J's CUDA library has code for 3.7 to 8.9 only");
    }
  }
}
