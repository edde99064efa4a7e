package io.evenstep.driver.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.Overrides;
import io.evenstep.driver.config.TrainingConfig;
import io.evenstep.model.ConfigException;
import io.evenstep.model.network.NetworkSize;
import io.evenstep.worker.plan.ShardPlan;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class NeedsTest {
  private static final long MIB = 1 << 20;
  private static final NetworkSize SIZE = new NetworkSize(25 * MIB, 50 * MIB, 1000);

  @Test
  void anAllReduceTakesItsBytesOverTheLine() {
    StepTraffic traffic =
        StepTraffic.of(training("all-reduce"), SIZE, shards(training("all-reduce"), 4), 4);
    assertThat(traffic.bytesPerStep()).isEqualTo(2 * 3 / 4.0 * 100 * MIB);
    assertThat(traffic.seconds(1)).isCloseTo(150 * MIB * 8 / 1e9, within(1e-9));
    assertThat(traffic.times())
        .isEqualTo("1.26 s at 1 Gb/s, 126 ms at 10 Gb/s, 50.3 ms at 25 Gb/s");
  }

  /** Four workers in two processes: each process sends once, and holds one replica. */
  @Test
  void processesSendAndHoldAReplicaOnce() {
    TrainingConfig training = training("all-reduce");
    ShardPlan shards = shards(training, 4);
    StepTraffic traffic = StepTraffic.of(training, SIZE, shards, 2);
    assertThat(traffic.bytesPerStep()).isEqualTo(100.0 * MIB);
    WorkerMemory worker = WorkerMemory.of(training, SIZE, shards, 2, traffic, 10 * MIB, 1024);
    assertThat(worker.weightBytes()).isEqualTo((100 + 2 * 100 / 2) * MIB);
    assertThat(worker.stateBytes()).isEqualTo(2 * 200 * MIB / 2);
  }

  @Test
  void oneProcessSendsNothing() {
    TrainingConfig training = training("all-reduce");
    assertThat(StepTraffic.of(training, SIZE, shards(training, 4), 1).bytesPerStep()).isZero();
  }

  @Test
  void fewerBytesANumberAreFewerOverTheLine() {
    TrainingConfig eight = training("all-reduce, wire: int8");
    ShardPlan shards = shards(eight, 4);
    StepTraffic traffic = StepTraffic.of(eight, SIZE, shards, 4);
    assertThat(traffic.bytesPerStep()).isEqualTo(2 * 3 / 4.0 * 100 * MIB * 33 / 128);
    WorkerMemory worker = WorkerMemory.of(eight, SIZE, shards, 4, traffic, 10 * MIB, 1024);
    assertThat(worker.sumBytes()).isEqualTo((long) ((75 + 2 * 150 * 33 / 128.0) * MIB));
  }

  @Test
  void averagingSendsStateTooAndLessOften() {
    StepTraffic traffic =
        StepTraffic.of(training("averaging"), SIZE, shards(training("averaging"), 2), 2);
    assertThat(traffic.exchangeBytes()).isEqualTo(300.0 * MIB);
    assertThat(traffic.bytesPerStep()).isEqualTo(300.0 * MIB / 4);
  }

  /** The first host collects the residuals of all four shards. */
  @Test
  void sharingSendsLittleAndKeepsResiduals() {
    TrainingConfig training = training("sharing");
    StepTraffic traffic = StepTraffic.of(training, SIZE, shards(training, 2), 2);
    assertThat(traffic.bytesPerStep()).isBetween(0.0001 * 100 * MIB, 0.002 * 100 * MIB);
    WorkerMemory worker =
        WorkerMemory.of(training, SIZE, shards(training, 2), 2, traffic, 10 * MIB, 1024);
    assertThat(worker.stateBytes()).isEqualTo((400 + 4 * 100) * MIB + 4 * Float.BYTES);
  }

  @Test
  void aWorkerHoldsItsNetworkSeveralTimes() {
    TrainingConfig training = training("all-reduce");
    StepTraffic traffic = StepTraffic.of(training, SIZE, shards(training, 2), 2);
    WorkerMemory worker =
        WorkerMemory.of(training, SIZE, shards(training, 2), 2, traffic, 10 * MIB, 1024);

    assertThat(worker.weightBytes()).isEqualTo(300 * MIB);
    assertThat(worker.stateBytes()).isEqualTo(400 * MIB);
    assertThat(worker.sumBytes()).isEqualTo(150 * MIB); // two own shards; half a vector comes in
    assertThat(worker.activationBytes()).isEqualTo(3 * 25 * 1000 * 4);
    assertThat(worker.rowBytes()).isEqualTo(64 * MIB + 2 * 256 * 1024); // ahead; evaluated
    assertThat(worker.lostAttempt()).isEqualTo((100 + 150) * MIB); // gradient and sums
  }

  /** A worker that steps by itself computes its whole part of a batch at once. */
  @Test
  void countsTheRowsThatAnAveragingWorkerComputesAtOnce() {
    TrainingConfig training = training("averaging");
    ShardPlan shards = shards(training, 2);
    StepTraffic traffic = StepTraffic.of(training, SIZE, shards, 2);
    WorkerMemory worker = WorkerMemory.of(training, SIZE, shards, 2, traffic, 10 * MIB, 1024);
    assertThat(worker.activationBytes()).isEqualTo(3 * 50 * 1000 * 4);
  }

  @Test
  void anExecutorThatIsTooSmallGetsTheOptionsThatMakeRoom() {
    TrainingConfig training = training("all-reduce");
    StepTraffic traffic = StepTraffic.of(training, SIZE, shards(training, 2), 2);
    WorkerMemory worker =
        WorkerMemory.of(training, SIZE, shards(training, 2), 2, traffic, 10 * MIB, 1024);
    SparkConf conf = new SparkConf(false).set("spark.executor.memory", "512m");

    ExecutorMemory small = ExecutorMemory.of(conf, worker, SIZE, 1);
    assertThat(small.heapSuffices()).isFalse();
    assertThat(small.outside()).isEqualTo(384 * MIB);
    assertThat(small.settings())
        .isEqualTo("--conf spark.executor.memory=933m --conf spark.executor.memoryOverhead=1565m");

    conf.set("spark.executor.memory", "933m").set("spark.executor.memoryOverhead", "1565m");
    ExecutorMemory enough = ExecutorMemory.of(conf, worker, SIZE, 1);
    assertThat(enough.heapSuffices()).isTrue();
    assertThat(enough.outsideSuffices()).isTrue();
  }

  /** However large a row is, a batch stays within 64 MiB and has at least one row. */
  @Test
  void countsABatchThatIsEvaluated() {
    TrainingConfig training = training("all-reduce");
    StepTraffic traffic = StepTraffic.of(training, SIZE, shards(training, 2), 2);
    int large = 12 << 20; // 256 of them are more bytes than an array can have
    WorkerMemory worker =
        WorkerMemory.of(training, SIZE, shards(training, 2), 2, traffic, 10 * MIB, large);
    assertThat(worker.rowBytes()).isEqualTo(64 * MIB + 2 * 60 * MIB);
  }

  @Test
  void theWorkersOfOneExecutorAreHeldAgainstItsMemoryTogether() {
    SparkConf conf =
        new SparkConf(false)
            .set("spark.executor.memory", "512m")
            .set("spark.executor.memoryOverhead", "600m");
    ShardPlan shards = shards(training("all-reduce"), 4);
    LeastMemory.requireOfExecutors(conf, 4, SIZE, shards, false); // one worker each: 400 MiB
    LeastMemory.requireOfExecutors(conf, 2, SIZE, shards, false);
    assertThatThrownBy(() -> LeastMemory.requireOfExecutors(conf, 1, SIZE, shards, false))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Invalid spark.executor.memoryOverhead: must be at least 1089m with"
                + " spark.executor.memory 512m, because 4 workers of one executor need at least 1.6"
                + " GiB together, got 600m");
  }

  /** 300 MiB of parameters and state once, and a gradient of 100 MiB for each of four workers. */
  @Test
  void theWorkersOfOneExecutorShareAReplicaWhereTheyCan() {
    SparkConf conf =
        new SparkConf(false)
            .set("spark.executor.memory", "512m")
            .set("spark.executor.memoryOverhead", "384m");
    ShardPlan shards = shards(training("all-reduce"), 4);
    LeastMemory.requireOfExecutors(conf, 1, SIZE, shards, true);
    assertThatThrownBy(() -> LeastMemory.requireOfExecutors(conf, 1, SIZE, shards, false))
        .isInstanceOf(ConfigException.class);
    conf.set("spark.executor.memory", "256m");
    assertThatThrownBy(() -> LeastMemory.requireOfExecutors(conf, 1, SIZE, shards, true))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("because 4 workers of one executor need at least 700.4 MiB together");
  }

  private static ShardPlan shards(TrainingConfig training, int workers) {
    return training.shardPlan(1000, workers);
  }

  private static TrainingConfig training(String sync) {
    String job =
        """
        name: a
        data: {format: csv, path: rows.csv}
        model: {name: logistic}
        training: {batch: 100, shards: 4, epochs: 100, sync: %s, averaging: {every: 4, optimizerState: true}}
        """;
    String text = job.formatted(sync);
    if (!sync.equals("averaging")) {
      text = text.replaceAll(", averaging: \\{.*?\\}", "");
    }
    return JobConfig.parse(text, "job.yaml", "/", Overrides.of(Map.of(), Map.of())).training();
  }
}
