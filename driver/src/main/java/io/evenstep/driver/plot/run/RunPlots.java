package io.evenstep.driver.plot.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenstep.driver.config.JobConfig;
import io.evenstep.driver.plot.Figure;
import io.evenstep.driver.plot.FigureFiles;
import io.evenstep.driver.plot.RunCharts;
import io.evenstep.driver.report.PageData;
import io.evenstep.driver.report.ReportPage;
import io.evenstep.driver.run.RunFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Draws the pictures of a run into {@code plots/} in its folder: curves, confusion matrix, receiver
 * operating characteristic, decision regions of two columns, weights, prototypes of a map, feature
 * maps and attention.
 */
public final class RunPlots {
  private final RunFolder run;
  private final List<Path> written = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();

  private RunPlots(RunFolder run) {
    this.run = run;
  }

  /**
   * Draws every picture that the run has data for.
   *
   * @param job of the run, from its {@code config.json}
   * @throws io.evenstep.model.ConfigException when this Java cannot draw text
   * @throws io.evenstep.model.StorageException when the file system fails
   */
  public static RunPlots draw(RunFolder run, JobConfig job, Configuration hadoop) {
    RunPlots plots = new RunPlots(run);
    plots.drawCharts();
    plots.drawNetwork(job, hadoop);
    return plots;
  }

  /** The files, two per figure. */
  public List<Path> written() {
    return List.copyOf(written);
  }

  /** The pictures that could not be drawn and why, one per line. */
  public List<String> leftOut() {
    return List.copyOf(leftOut);
  }

  private void draw(String name, Figure figure) {
    written.addAll(FigureFiles.write(run.files(), run.path(RunFolder.PLOTS), name, figure));
  }

  private void drawCharts() {
    Optional<JsonNode> page = run.read(ReportPage.FILE).map(PageData::inPage);
    page.ifPresentOrElse(
        data -> new RunCharts(data).all().forEach(this::draw),
        () ->
            leftOut.add(
                "Curves and confusion: they are drawn from report.html, which is not there"));
  }

  private void drawNetwork(JobConfig job, Configuration hadoop) {
    if (run.report().isEmpty()) {
      leftOut.add("Weights and regions: the run is not done");
      return;
    }
    if (job.folds() > 1) {
      leftOut.add("Weights and regions: each fold has its own network; plot " + run + "/fold-1");
      return;
    }
    SavedNetwork network = SavedNetwork.read(run, job);
    NetworkFigures.weights(network).ifPresent(figure -> draw("weights", figure));
    PrototypeMap.of(network).ifPresent(figure -> draw("map", figure));
    boolean needsRows =
        RunRegions.fit(network)
            || ReconstructedRows.fit(network)
            || network.layers().stream().anyMatch(SavedNetwork::isConvolution)
            || AttentionFigure.fits(network);
    boolean changed = !job.augmentations().augmentations().isEmpty();
    if ((needsRows || changed) && network.encoding().inputs().size() == 1) {
      run.pack(job, hadoop)
          .ifPresentOrElse(
              pack -> {
                SampleRows rows = SampleRows.of(pack, hadoop);
                drawWithRows(network, rows);
                ReconstructedRows.of(network, rows, job.evaluationNoise())
                    .ifPresent(figure -> draw("reconstructions", figure));
                AugmentedRow.of(network, job.augmentations(), pack, hadoop)
                    .ifPresent(figure -> draw("augmentation", figure));
              },
              () ->
                  leftOut.add(
                      "Regions, feature maps and attention: the run's packed rows are not there"));
    }
  }

  private void drawWithRows(SavedNetwork network, SampleRows rows) {
    RunRegions.of(network, rows).ifPresent(figure -> draw("regions", figure));
    NetworkFigures.featureMaps(network, rows.first())
        .ifPresent(figure -> draw("feature-maps", figure));
    AttentionFigure.of(network, rows.first(), rows.firstMask())
        .ifPresent(figure -> draw("attention", figure));
  }
}
