package io.evenstep.worker.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenstep.model.NativeRuntime;
import io.evenstep.model.augment.AugmentPlan;
import io.evenstep.model.augment.Augmenter;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.metric.Evaluation;
import io.evenstep.model.network.dl4j.Clipping;
import io.evenstep.worker.collective.Communicator;
import io.evenstep.worker.cost.ExchangeCost;
import io.evenstep.worker.cost.SpeedProbe;
import io.evenstep.worker.evaluation.Judging;
import io.evenstep.worker.evaluation.OutputEvaluator;
import io.evenstep.worker.feed.TestPack;
import io.evenstep.worker.mesh.Rendezvous;
import io.evenstep.worker.net.Membership;
import io.evenstep.worker.net.Secret;
import io.evenstep.worker.net.TestSecret;
import io.evenstep.worker.plan.Limits;
import io.evenstep.worker.plan.Stopping;
import io.evenstep.worker.plan.SyncPlan;
import io.evenstep.worker.plan.Wire;
import io.evenstep.worker.progress.ProgressListener;
import io.evenstep.worker.progress.StopSign;
import io.evenstep.worker.progress.WorkerMeter;
import io.evenstep.worker.train.Learners;
import io.evenstep.worker.train.TrainingPlan;
import io.evenstep.worker.train.Worker;
import io.evenstep.worker.train.WorkerContext;
import io.evenstep.worker.train.WorkerParts;
import io.evenstep.worker.train.WorkerProcess;
import io.evenstep.worker.train.WorkerReport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One process of a training run on MNIST, without Spark, so that processes can be put into network
 * namespaces. {@code pack MNIST FOLDER} writes the rows. {@code probe} and {@code run} with
 * settings {@code name=value} measure the network, or train: {@code folder} of the pack; {@code
 * host}, this process's address; {@code process} and {@code processes}; {@code ranks} of each
 * process (1); {@code meeting}, as the first process has printed it; {@code model}; {@code wire},
 * one or several with commas between; {@code every}, to average {@code islands} (2) every so many
 * steps instead; {@code sharing}, a method to share a thousandth of all entries; {@code batch},
 * {@code shards}, {@code epochs} and {@code rows}. The first process prints its result as JSON
 * after an at sign.
 */
public final class HostBench {
  private final Map<String, String> settings;
  private final int ranks;
  private final int process;
  private final int processes;

  private HostBench(Map<String, String> settings) {
    this.settings = settings;
    this.ranks = number("ranks", 1);
    this.process = number("process", 0);
    this.processes = number("processes", 1);
  }

  /** Writes the pack, or trains. */
  public static void main(String[] args) throws Exception {
    if (args[0].equals("pack")) {
      Path folder = Path.of(args[2]);
      MnistPack.write(Path.of(args[1]), folder);
      byte[] key = new byte[32];
      new SecureRandom().nextBytes(key);
      Files.write(folder.resolve("secret"), key);
      return;
    }
    Map<String, String> settings = new LinkedHashMap<>();
    Arrays.stream(args)
        .skip(1)
        .map(arg -> arg.split("=", 2))
        .forEach(s -> settings.put(s[0], s[1]));
    HostBench bench = new HostBench(settings);
    if (args[0].equals("probe")) {
      bench.probe();
    } else {
      bench.run();
    }
  }

  /** Measures the network and the codecs, and prints what {@link CostTable} reads. */
  private void probe() throws IOException {
    Membership me =
        new Membership("probe", secret(Path.of(settings.get("folder"))), process, processes);
    Rendezvous meeting = SocketRendezvous.join(host(), process, processes, meeting());
    try (Communicator world = Communicator.join(me, meeting, Limits.DEFAULT, notice -> {})) {
      ExchangeCost cost = SpeedProbe.measure(world, List.of(Wire.values()));
      Map<String, List<Double>> codecs = new LinkedHashMap<>();
      cost.codecs()
          .forEach(
              (wire, codec) ->
                  codecs.put(
                      wire.name().toLowerCase(Locale.ROOT),
                      List.of(codec.round(), codec.encode(), codec.decode())));
      Map<String, Object> speeds = new LinkedHashMap<>();
      speeds.put("latency", cost.link().latencySeconds());
      speeds.put("frame", cost.link().frameSeconds());
      speeds.put("gigabits", Math.min(cost.link().gigabits(), 1e6)); // JSON has no infinity
      speeds.put("add", cost.addSeconds());
      speeds.put("codecs", codecs);
      if (process == 0) {
        System.out.println("@" + new ObjectMapper().writeValueAsString(speeds));
      }
    }
  }

  private void run() throws Exception {
    NativeRuntime.oneThread();
    InetSocketAddress meeting = meeting();
    TrainingPlan plan = plan();
    WorkerProcess own = new WorkerProcess();
    ExecutorService threads = Executors.newFixedThreadPool(ranks);
    List<Future<WorkerReport>> reports = new ArrayList<>();
    for (int member = 0; member < ranks; member++) {
      int rank = process * ranks + member;
      reports.add(threads.submit(() -> train(plan, rank, meeting, own)));
    }
    threads.shutdown();
    WorkerReport first = reports.get(0).get();
    for (Future<WorkerReport> each : reports) {
      each.get();
    }
    if (process == 0) {
      System.out.println("@" + new ObjectMapper().writeValueAsString(result(first)));
    }
  }

  private InetSocketAddress meeting() throws IOException {
    if (process > 0) {
      String[] address = settings.get("meeting").split(":");
      return new InetSocketAddress(address[0], Integer.parseInt(address[1]));
    }
    InetSocketAddress meeting = SocketRendezvous.open(host(), processes * ranks);
    System.out.println("@" + meeting.getHostString() + ":" + meeting.getPort());
    return meeting;
  }

  private WorkerReport train(
      TrainingPlan plan, int rank, InetSocketAddress meeting, WorkerProcess own)
      throws IOException {
    BenchModel model = model();
    int workers = processes * ranks;
    WorkerContext seat =
        new WorkerContext(
            rank,
            workers,
            SocketRendezvous.join(host(), rank, workers, meeting),
            new WorkerContext.Files(TestPack.files(), TestPack.files()),
            own,
            new StopSign(),
            new WorkerMeter(),
            ProgressListener.SILENT);
    WorkerParts parts =
        new WorkerParts(
            () -> Learners.of(model.network(), Clipping.NONE, EngineChoice.STEP),
            model::decoder,
            () -> Augmenter.NONE,
            OutputEvaluator.of(
                Map.of("label", () -> Evaluation.classification(BenchPack.CLASSES)),
                Judging.of(OutputEvaluator.Loss.OF_TASK)));
    return Worker.run(plan, parts, seat);
  }

  private TrainingPlan plan() throws IOException {
    Path folder = Path.of(settings.get("folder"));
    Path output = folder.resolve("run-" + settings.getOrDefault("run", "0"));
    return new TrainingPlan(
        new TrainingPlan.Identity("bench", secret(folder), "bench", number("seed", 1)),
        new TrainingPlan.Batches(number("batch", 256), number("shards", 8), true),
        number("epochs", 1),
        sync(),
        Stopping.NEVER,
        new TrainingPlan.Output(output.toUri().toString(), 0, 1, TrainingPlan.Resume.NEVER),
        new TrainingPlan.Data(
            folder.toUri().toString(),
            MnistPack.index(folder, "train", number("rows", Integer.MAX_VALUE)),
            MnistPack.index(folder, "test", number("rows", Integer.MAX_VALUE)),
            MnistPack.index(folder, "test", 1),
            AugmentPlan.NONE),
        Limits.DEFAULT);
  }

  /** All processes must know it. */
  private static Secret secret(Path folder) throws IOException {
    return TestSecret.of(Files.readAllBytes(folder.resolve("secret")));
  }

  private SyncPlan sync() {
    if (settings.containsKey("every")) {
      int islands = number("islands", 2);
      return new SyncPlan.Averaging(number("every", 1), false, islands, SyncPlan.Outer.MEAN);
    }
    if (settings.containsKey("sharing")) {
      String method = settings.get("sharing").toUpperCase(Locale.ROOT);
      return new SyncPlan.Sharing(SyncPlan.Method.valueOf(method), 0.999, 0.001, 0.9, 0, 0);
    }
    String wires = settings.getOrDefault("wire", "float32");
    List<SyncPlan> ways = new ArrayList<>();
    for (String wire : wires.split(",")) {
      ways.add(new SyncPlan.AllReduce(Wire.valueOf(wire.toUpperCase(Locale.ROOT))));
    }
    return ways.size() == 1 ? ways.get(0) : new SyncPlan.AnyOf(ways);
  }

  private BenchModel model() {
    return BenchModel.valueOf(settings.getOrDefault("model", "mlp").toUpperCase(Locale.ROOT));
  }

  private String host() {
    return settings.getOrDefault("host", "127.0.0.1");
  }

  private int number(String name, int standard) {
    return Integer.parseInt(settings.getOrDefault(name, String.valueOf(standard)));
  }

  private static Map<String, Object> result(WorkerReport report) {
    long steps = report.course().stepsOfAttempt();
    Map<String, Double> millis = new LinkedHashMap<>();
    report
        .timing()
        .clockMillis()
        .forEach((phase, all) -> millis.put(phase.name().toLowerCase(Locale.ROOT), all / steps));
    List<Double> accuracies =
        report.history().epochValidations().stream()
            .map(epoch -> epoch.get("validation.accuracy"))
            .toList();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("hosts", report.hosts());
    result.put("steps", steps);
    result.put("examplesPerSecond", report.timing().examplesPerSecond());
    result.put("stepMilliseconds", millis);
    result.put("bytesPerStep", report.bytesPerStep().sent());
    result.put("wire", report.bytesPerStep().sync().wire().name().toLowerCase(Locale.ROOT));
    result.put("wireChoice", report.bytesPerStep().sync().figures());
    result.put("accuracies", accuracies);
    result.put("parametersSha256", report.model().parametersSha256());
    return result;
  }
}
