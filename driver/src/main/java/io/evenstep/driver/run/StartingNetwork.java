package io.evenstep.driver.run;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.config.key.Sync;
import io.evenstep.driver.data.pack.Pack;
import io.evenstep.driver.data.pack.PackRows;
import io.evenstep.driver.data.pack.Preview;
import io.evenstep.driver.plan.LeastMemory;
import io.evenstep.driver.stage.ShippedModel;
import io.evenstep.model.ConfigException;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.TensorEncoding;
import io.evenstep.model.engine.Artifact;
import io.evenstep.model.engine.Attack;
import io.evenstep.model.engine.ClassWeights;
import io.evenstep.model.engine.Engines;
import io.evenstep.model.engine.Objective;
import io.evenstep.model.engine.Objective.Manner;
import io.evenstep.model.engine.Precision;
import io.evenstep.model.network.DataShape;
import io.evenstep.model.network.NetworkSize;
import io.evenstep.model.network.NetworkSpec;
import io.evenstep.model.network.Networks;
import io.evenstep.model.network.Shape;
import io.evenstep.model.network.Task;
import io.evenstep.model.network.dl4j.Network;
import io.evenstep.model.network.dl4j.RadialCentres;
import io.evenstep.model.network.table.LayerFacts;
import io.evenstep.model.network.table.LayerTable;
import io.evenstep.worker.evaluation.Judging;
import io.evenstep.worker.evaluation.OutputEvaluator.Loss;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * The network that every replica starts from, built once by the driver.
 *
 * @param model the artifact sent to the workers
 * @param size of one replica
 * @param layers in the order of the forward pass
 * @param engine that computes it
 */
public record StartingNetwork(
    ShippedModel model, NetworkSize size, List<LayerFacts> layers, Engines.Chosen engine) {
  /**
   * Builds the job's network for the given rows.
   *
   * @param rows to train on
   * @param weights of the rows' classes
   * @throws ConfigException when model and data do not match
   */
  public static StartingNetwork of(
      JobConfig job, Encoding packed, long rows, ClassWeights weights) {
    return of(job, packed, network(job, packed, rows), weights);
  }

  /**
   * The same with training rows as centres of radial basis functions, if there is a pack.
   *
   * @param hadoop reads the pack
   * @throws ConfigException when model and data do not match
   * @throws io.evenstep.model.StorageException when the pack cannot be read
   */
  static StartingNetwork of(
      JobConfig job, Preview data, ClassWeights weights, Configuration hadoop) {
    Network network = network(job, data.encoding(), data.trainRows());
    boolean isNew = job.network().source() instanceof NetworkSpec.Layers;
    int centres = isNew ? RadialCentres.rows(network) : 0;
    if (centres > data.trainRows()) {
      String rule =
          "must have rbf layers of at most as many units as there are training rows, "
              + data.trainRows();
      throw new ConfigException("model.layers", rule, centres);
    }
    if (centres > 0 && data.pack().isPresent()) {
      Pack pack = data.pack().get();
      PackRows.read(
          pack,
          data.encoding().decoder(),
          centres,
          hadoop,
          rows -> RadialCentres.fill(network, rows.features()));
    }
    return of(job, data.encoding(), network, weights);
  }

  private static StartingNetwork of(
      JobConfig job, Encoding packed, Network network, ClassWeights weights) {
    Encoding encoding =
        packed
            .forOutputsOf(Networks.outputWidths(network, shape(packed)))
            .deciding(job.decisions());
    LeastMemory.requireShippable(network.parameters().length());
    Objective objective =
        new Objective(
            job.network().updates().clipping(),
            Manner.JOB,
            job.training().engine(),
            weights,
            job.training().computing().precision(),
            job.training().computing().attack(),
            encoding.masked());
    ShippedModel model =
        new ShippedModel(zip(network), encoding, objective, judging(job), job.allowedTypes());
    requireNumbersToAttack(objective.attack(), encoding);
    DataShape data = shape(encoding);
    return new StartingNetwork(
        model, NetworkSize.of(network, data), LayerTable.of(network, data), model.engine());
  }

  private static void requireNumbersToAttack(Attack attack, Encoding encoding) {
    boolean tokens = encoding.inputs().stream().anyMatch(input -> input.vocabulary() > 0);
    if (!attack.isNone() && tokens) {
      String rule = "must be 0 where an input is tokens, which cannot move a little";
      throw new ConfigException(Attack.KEY, rule, attack.epsilon());
    }
  }

  /** The engine that computes it, the reason if it is not the fast one, and unusual products. */
  String engineWords() {
    String name = engine.engine().name();
    return engine.objection().map(reason -> name + ", because of " + reason).orElse(name)
        + productWords();
  }

  private String productWords() {
    Precision precision = model.objective().precision();
    if (!precision.rounds()) {
      return "";
    }
    List<String> unrounded = engine.engine().unrounded(new Artifact(model.zip(), model.allowed()));
    return (precision == Precision.BFLOAT16
            ? "; products of bfloat16 by the processor"
            : "; products of bfloat16 are emulated, which is slower than float32")
        + (unrounded.isEmpty() ? "" : "; float32 in " + String.join(", ", unrounded));
  }

  /** Whether the workers of a process share one replica, or may choose a way in which they do. */
  boolean isShared(Sync sync) {
    return engine.engine().isShareable() && !(sync.ways().get(0) instanceof Sync.Averaging);
  }

  private static Network network(JobConfig job, Encoding encoding, long rows) {
    int batch = job.training().batches().rows();
    if (rows < batch) {
      throw new ConfigException(
          "training.batch", "must be at most the " + rows + " training rows", batch);
    }
    long steps = job.training().steps(rows);
    if (steps > Integer.MAX_VALUE) {
      String rule = "must give at most " + Integer.MAX_VALUE + " steps, but gives " + steps;
      throw new ConfigException("training.epochs", rule, job.training().epochs());
    }
    NetworkSpec spec = job.network(steps);
    if (spec.source() instanceof NetworkSpec.Dl4jZip saved) {
      ModelFiles.encoding(saved.file())
          .map(model -> saved.replacesHead() ? model.withoutOutputs() : model)
          .ifPresent(
              model ->
                  model.requireFits(saved.replacesHead() ? encoding.withoutOutputs() : encoding));
    }
    return Networks.build(spec, shape(encoding));
  }

  /**
   * Evenstep's own models report the usual loss of their task. Imported networks and named losses
   * report their own.
   */
  static Judging judging(JobConfig job) {
    NetworkSpec spec = job.network();
    boolean ours =
        spec.source() instanceof NetworkSpec.Named || spec.source() instanceof NetworkSpec.Layers;
    Loss loss = ours && spec.loss().isEmpty() ? Loss.OF_TASK : Loss.OF_NETWORK;
    return new Judging(loss, job.evaluationNoise());
  }

  /** The network's input for rows with this encoding. */
  public static DataShape shape(Encoding encoding) {
    return new DataShape(
        encoding.inputs().stream()
            .map(t -> new DataShape.Input(t.name(), shape(t), t.vocabulary()))
            .toList(),
        encoding.outputs().stream()
            .map(t -> new DataShape.Output(t.name(), shape(t), task(t)))
            .toList());
  }

  private static Shape shape(TensorEncoding tensor) {
    return new Shape(tensor.shape().stream().map(Math::toIntExact).toList());
  }

  private static Task task(TensorEncoding output) {
    return output.isClass() || output.isNextToken() ? Task.CLASSIFICATION : Task.REGRESSION;
  }

  private static byte[] zip(Network network) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      network.save(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the network to memory", e);
    }
    return bytes.toByteArray();
  }
}
