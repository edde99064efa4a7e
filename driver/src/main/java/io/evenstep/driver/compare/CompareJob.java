package io.evenstep.driver.compare;

import io.evenstep.driver.compare.Contender.Fitted;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.control.Progress;
import io.evenstep.driver.control.StopRequest;
import io.evenstep.driver.data.pack.Pack;
import io.evenstep.driver.data.pack.Packer;
import io.evenstep.driver.plot.Figure;
import io.evenstep.driver.plot.FigureFiles;
import io.evenstep.driver.plot.FigureGrid;
import io.evenstep.driver.run.RunFolder;
import io.evenstep.model.data.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Compares a job's network with other learners. All see the same rows, encoded as the network sees
 * them, in the job's own split; cross-validation cuts the training rows into folds that are the
 * same for all.
 */
public final class CompareJob {
  private static final String FITS = "fits"; // the network's runs, deleted at the end
  private static final int COLUMNS = 3; // of regions
  private static final double SCALE = 0.6;

  private final JobConfig job;
  private final Request request;
  private final SparkSession spark;
  private final Progress progress;
  private final RunFolder folder;
  private final List<Figure> regions = new ArrayList<>();

  /**
   * What to compare.
   *
   * @param id name of the folder of the result
   * @param folds of the cross-validation; 0 for none
   * @param mostRows of each split, at least 1
   * @param stop requests an early end
   */
  public record Request(String id, int folds, int mostRows, StopRequest stop) {}

  private CompareJob(JobConfig job, Request request, SparkSession spark, Progress progress) {
    this.job = job;
    this.request = request;
    this.spark = spark;
    this.progress = progress;
    this.folder =
        RunFolder.of(job.output(), request.id(), spark.sparkContext().hadoopConfiguration());
  }

  /**
   * Fits and judges all learners. Writes {@code compare.csv} and, if rows have two numbers, {@code
   * regions.png} and {@code regions.svg} into the folder {@code request.id()} of the job's output.
   *
   * @return one entry for each learner, the network first
   * @throws io.evenstep.model.ConfigException when the job is invalid or has no classes or test
   *     rows
   * @throws io.evenstep.model.DataException when the data cannot be used
   */
  public static List<LearnerScore> run(
      JobConfig job, Request request, SparkSession spark, Progress progress) {
    return new CompareJob(job, request, spark, progress).run();
  }

  private List<LearnerScore> run() {
    try {
      return scored();
    } finally {
      folder.delete(FITS);
    }
  }

  private List<LearnerScore> scored() {
    Pack pack = Packer.pack(spark, job.data(), new Path(job.packs()));
    Encoding encoding = pack.index().encoding();
    CompareRows rows =
        CompareRows.of(pack, request.mostRows(), spark.sparkContext().hadoopConfiguration());
    PlaneRegions plane = new PlaneRegions(encoding, rows.test());
    List<LearnerScore> scores = new ArrayList<>();
    for (Contender contender : contenders(encoding, rows)) {
      request.stop().requireNone("between two learners");
      progress.say("Fitting: " + contender.name());
      scores.add(score(contender, rows, plane));
    }
    folder.write("compare.csv", LearnerScores.csv(scores));
    if (!regions.isEmpty()) {
      FigureFiles.write(
          folder.files(), folder.folder(), "regions", new FigureGrid(regions, COLUMNS, SCALE));
    }
    return scores;
  }

  private List<Contender> contenders(Encoding encoding, CompareRows rows) {
    NetworkContender network =
        new NetworkContender(job, encoding.inputs().get(0), folder.path(FITS).toString(), spark);
    List<Contender> all = new ArrayList<>();
    all.add(new Contender("network", some -> network.fit(some, rows.validation())));
    all.addAll(new SparkContenders(spark, encoding.classes().size(), job.seed()).all());
    return all;
  }

  private LearnerScore score(Contender contender, CompareRows rows, PlaneRegions plane) {
    long began = System.nanoTime();
    Fitted fitted = contender.fitter().fit(rows.training());
    double seconds = (System.nanoTime() - began) / 1e9;
    double test = accuracy(fitted, rows.test());
    List<Double> folds = new ArrayList<>();
    for (int fold = 0; fold < request.folds(); fold++) {
      int left = fold;
      LabelledRows others = rows.training().where(row -> row % request.folds() != left);
      LabelledRows out = rows.training().where(row -> row % request.folds() == left);
      folds.add(accuracy(contender.fitter().fit(others), out));
    }
    String title = String.format(Locale.ROOT, "%s: %.3f", contender.name(), test);
    plane.figure(title, fitted).ifPresent(regions::add);
    return new LearnerScore(
        contender.name(), accuracy(fitted, rows.training()), test, folds, seconds);
  }

  private static double accuracy(Fitted fitted, LabelledRows rows) {
    List<Integer> classes = fitted.classes(rows.allFeatures());
    int right = 0;
    for (int i = 0; i < rows.size(); i++) {
      right += classes.get(i) == rows.label(i) ? 1 : 0;
    }
    return (double) right / rows.size();
  }
}
