package io.evenstep.model.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenstep.model.NativeRuntime;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.step.ShardShape;
import io.evenstep.model.engine.step.StepCompiler;
import io.evenstep.model.engine.step.StepProgram;
import io.evenstep.model.engine.step.kernel.Kernel;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Products of floats do not use the instructions that oneDNN may use for bfloat16. So a processor
 * that has them adds in the same order as one that has only those of the native build.
 */
class FloatKernelsTest {
  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of(BenchNetworks.mlp(784, 512, 256), new long[] {784}),
        Arguments.of(BenchNetworks.lenet(), new long[] {1, 28, 28}),
        Arguments.of(BenchNetworks.residual(), new long[] {1, 28, 28}),
        Arguments.of(BenchNetworks.lstm(), new long[] {28, 28}));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void haveTheInstructionsOfTheNativeBuildOnly(
      ComputationGraphConfiguration network, long[] shape) {
    NativeRuntime.oneThread();
    for (int rows : new int[] {1, 32}) {
      long[] all = new long[shape.length + 1];
      all[0] = rows;
      System.arraycopy(shape, 0, all, 1, shape.length);
      MiniBatch batch = MiniBatch.of(Nd4j.zeros(all), Nd4j.zeros(rows, 10));
      try (StepProgram program = StepCompiler.forTraining(network, ShardShape.of(batch))) {
        assertThat(program.kernels()).isNotEmpty();
        assertThat(program.kernels())
            .extracting(Kernel::toString)
            .filteredOn(name -> name.matches("(inner_product|matmul|convolution|rnn|pooling) .*"))
            .isNotEmpty()
            .noneMatch(name -> name.matches(".*(amx|bf16|fp16|avx10).*"));
      }
    }
  }
}
