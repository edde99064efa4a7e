package io.evenstep.model.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenstep.model.NativeRuntime;
import io.evenstep.model.data.MiniBatch;
import io.evenstep.model.engine.Precision;
import io.evenstep.model.engine.step.ShardShape;
import io.evenstep.model.engine.step.StepCompiler;
import io.evenstep.model.engine.step.StepProgram;
import io.evenstep.model.network.Networks;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.model.network.dl4j.Network;
import io.evenstep.model.network.trust.AllowedTypes;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Measures the kernels of a saved network alone, for {@code src/bench/compare}. Each line of the
 * input is a request in JSON: {@code threads} that measure at the same time, each with its own
 * program, and {@code shards} that a thread computes in a step. Each answer is a line that begins
 * with {@code @}: {@code milliseconds} of the kernels of a thread's step, the mean over threads.
 */
public final class KernelTurns {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CLASSES = 10;

  private final byte[] zip;
  private final Network network;
  private final MiniBatch shard;
  private final List<Rank> ranks = new ArrayList<>();

  private KernelTurns(byte[] zip, MiniBatch shard) {
    this.zip = zip;
    this.network = Networks.restore(zip, Clipping.NONE, AllowedTypes.BUILT_IN);
    this.shard = shard;
  }

  /**
   * Answers requests until the input ends.
   *
   * @param args the network's zip, the rows of a shard, and the shape of a row, such as 1,28,28
   */
  public static void main(String... args) throws Exception {
    NativeRuntime.prepare();
    NativeRuntime.oneThread();
    MiniBatch shard = shard(Long.parseLong(args[1]), args[2].split(","));
    KernelTurns turns = new KernelTurns(Files.readAllBytes(Path.of(args[0])), shard);
    PrintWriter answers = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    answers.println("@{}");
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonNode request = JSON.readTree(line);
      double milliseconds =
          turns.measure(request.path("threads").asInt(), request.path("shards").asInt());
      answers.println("@" + JSON.writeValueAsString(Map.of("milliseconds", milliseconds)));
    }
  }

  private double measure(int threads, int shards) throws InterruptedException, ExecutionException {
    while (ranks.size() < threads) {
      ranks.add(new Rank());
    }
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Double>> parts = new ArrayList<>();
      for (Rank rank : ranks.subList(0, threads)) {
        parts.add(pool.submit(() -> rank.milliseconds(shards)));
      }
      double sum = 0;
      for (Future<Double> part : parts) {
        sum += part.get();
      }
      return sum / threads;
    } finally {
      pool.shutdown();
    }
  }

  /** One thread's program. */
  private final class Rank {
    private final StepProgram program =
        Networks.look(
            zip,
            AllowedTypes.BUILT_IN,
            layers -> StepCompiler.forTraining(layers, ShardShape.of(shard), Precision.FLOAT32),
            graph -> StepCompiler.forTraining(graph, ShardShape.of(shard), Precision.FLOAT32));
    private final INDArray gradient = Nd4j.create(network.parameters().length());

    /** Parameters are loaded once in a step. */
    double milliseconds(int shards) {
      program.shard().of(shard);
      double load = KernelTimes.sum(program, this::load, KernelTimes::median);
      return load + shards * KernelTimes.sum(program, this::accumulate, KernelTimes::median);
    }

    private void load() {
      program.load(network.parameters().data().address());
    }

    private void accumulate() {
      program.accumulate(1, gradient.data().address());
    }
  }

  private static MiniBatch shard(long rows, String... sizes) {
    long[] shape =
        Stream.concat(Stream.of(rows), Stream.of(sizes).map(Long::valueOf))
            .mapToLong(size -> size)
            .toArray();
    INDArray labels = Nd4j.create(rows, CLASSES);
    for (long row = 0; row < rows; row++) {
      labels.putScalar(row, row % CLASSES, 1);
    }
    return MiniBatch.of(Nd4j.rand(shape), labels);
  }
}
