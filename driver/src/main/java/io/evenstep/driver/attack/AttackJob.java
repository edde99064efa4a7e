package io.evenstep.driver.attack;

import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.data.pack.Pack;
import io.evenstep.driver.data.pack.PackRows;
import io.evenstep.driver.plot.FigureFiles;
import io.evenstep.driver.run.ModelFiles;
import io.evenstep.driver.run.RunFolder;
import io.evenstep.driver.stage.ShippedModel;
import io.evenstep.model.ConfigException;
import io.evenstep.model.data.Encoding;
import io.evenstep.model.data.pack.PackIndex;
import io.evenstep.model.data.pack.PackSplit;
import io.evenstep.model.engine.Artifact;
import io.evenstep.model.engine.Attack;
import io.evenstep.model.engine.EngineChoice;
import io.evenstep.model.engine.Engines;
import io.evenstep.model.engine.Scorer;
import io.evenstep.worker.evaluation.Judging;
import io.evenstep.worker.evaluation.OutputEvaluator.Loss;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Attacks the held-out rows of a finished run by fast gradient sign, in inference mode, and
 * measures what accuracy is left.
 */
public final class AttackJob {
  /** The file in the run's folder. */
  public static final String FILE = "attack.csv";

  private final RunFolder run;
  private final JobConfig job;
  private final Request request;
  private final Encoding encoding;
  private final Scorer scorer;

  /**
   * What to try.
   *
   * @param epsilons at least one, from 0, growing
   * @param rows most rows to attack, at least 1
   * @param range [least, greatest] number of an attacked row; empty for the job's
   */
  public record Request(List<Double> epsilons, int rows, List<Double> range) {
    /** Copies the lists. */
    public Request {
      epsilons = List.copyOf(epsilons);
      range = List.copyOf(range);
    }
  }

  private AttackJob(RunFolder run, JobConfig job, Request request) {
    this.run = run;
    this.job = job;
    this.request = request;
    ShippedModel model =
        ModelFiles.read(run, Judging.of(Loss.OF_TASK), EngineChoice.AUTO, job.allowedTypes());
    this.encoding = model.encoding();
    requireClasses();
    requireStep(model.engine());
    this.scorer = Engines.scorer(new Artifact(model.zip(), model.allowed()), EngineChoice.STEP);
  }

  /**
   * Writes {@code attack.csv} and pictures into the run's folder.
   *
   * @param job of the run, from its {@code config.json}
   * @throws ConfigException when there is no finished run, or its network is not one that reads
   *     numbers and predicts a class, or only the other engine computes it
   * @throws io.evenstep.model.StorageException when the file system fails
   */
  public static AttackCurve run(
      RunFolder run, JobConfig job, Request request, Configuration hadoop) {
    return new AttackJob(run, job, request).run(hadoop);
  }

  private void requireClasses() {
    boolean classes = encoding.outputs().size() == 1 && encoding.outputs().get(0).isClass();
    boolean tokens = encoding.inputs().stream().anyMatch(input -> input.vocabulary() > 0);
    if (!classes || tokens) {
      throw new ConfigException(
          "Cannot attack the run in "
              + run
              + (classes
                  ? ": its rows are tokens, which cannot move a little"
                  : ": its network does not predict a class; accuracy needs one"));
    }
  }

  private void requireStep(Engines.Chosen chosen) {
    if (!chosen.engine().name().equals("step")) {
      throw new ConfigException(
          "Cannot attack the run in "
              + run
              + ": only the engine step has the slopes of a trained network's inputs, and it does"
              + " not compute this network because of "
              + chosen.objection().orElse("this build"));
    }
  }

  private AttackCurve run(Configuration hadoop) {
    Pack pack =
        run.pack(job, hadoop)
            .orElseThrow(
                () ->
                    new ConfigException(
                        "Cannot attack the run in "
                            + run
                            + ": its packed rows are not there; set data.packs to where they are,"
                            + " or train again"));
    PackIndex index = pack.index();
    boolean tested = index.test().rows() > 0;
    PackSplit split = tested ? index.test() : index.train();
    String name = tested ? "test" : "training";
    return PackRows.first(
        pack,
        split,
        encoding.decoder(),
        request.rows(),
        hadoop,
        batch -> measured(name, AttackedRows.of(scorer, encoding, batch, job.seed())));
  }

  private AttackCurve measured(String split, List<AttackedRows> parts) {
    int rows = parts.stream().mapToInt(AttackedRows::count).sum();
    List<AttackPoint> points = new ArrayList<>();
    for (double epsilon : request.epsilons()) {
      Attack attack = attack(epsilon);
      long right = parts.stream().mapToLong(part -> part.right(attack)).sum();
      long atRandom = parts.stream().mapToLong(part -> part.rightAtRandom(attack)).sum();
      points.add(new AttackPoint(epsilon, (double) right / rows, (double) atRandom / rows));
    }
    AttackCurve curve = new AttackCurve(split, rows, points);
    run.write(FILE, curve.csv());
    FigureFiles.write(run.files(), run.path(RunFolder.PLOTS), "attack", curve.figure());
    AttackedImages.of(parts.get(0), encoding, attack(curve.telling()))
        .ifPresent(
            figure ->
                FigureFiles.write(run.files(), run.path(RunFolder.PLOTS), "attacked", figure));
    return curve;
  }

  private Attack attack(double epsilon) {
    Attack usual = job.training().computing().attack();
    return request.range().isEmpty()
        ? new Attack(epsilon, 1, usual.least(), usual.most())
        : new Attack(epsilon, 1, request.range().get(0), request.range().get(1));
  }
}
