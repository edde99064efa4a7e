package io.evenstep.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code plot} draws for several kinds of runs. */
class PlotTest {
  private static final long SEED = 7;

  @TempDir private Path folder;
  private Workbench bench;

  @BeforeEach
  void openBench() {
    bench = Workbench.in(folder);
  }

  @Test
  void drawsCurvesConfusionAndRegionsOfTwoColumns() throws Exception {
    bench.write("rows.csv", rings(600));
    bench
        .job(
            """
            name: rings
            data:
              format: csv
              path: rows.csv
              normalize: standard
              validation: {fraction: 0.2}
              test: {fraction: 0.3}
            model: {name: mlp, hidden: [16, 16]}
            training: {batch: 32, epochs: 30, workers: 2, shards: 4, optimizer: {learningRate: 0.02}}
            """)
        .train()
        .well();

    String run = bench.path("runs/small").toString();
    List<String> told = bench.type("plot", run).well().out().lines().toList();

    assertThat(names())
        .contains("loss-by-step", "loss-by-epoch", "metrics-by-epoch", "learning-rate")
        .contains("gradient-norm", "confusion", "roc", "regions");
    assertThat(told).hasSize(2 * names().size()).allMatch(line -> new File(line).isFile());
    requireDrawings();
    BufferedImage regions = png("regions");
    assertThat(isBlue(regions.getRGB(2 * (62 + 220), 2 * (40 + 220)))).as("inside").isTrue();
    assertThat(isBlue(regions.getRGB(2 * (62 + 4), 2 * (40 + 4)))).as("outside").isFalse();
    assertThat(Files.readString(bench.run("plots/regions.svg"))).contains("<text", "inner");
  }

  @Test
  void drawsKernelsAndFeatureMapsOfAConvolution() throws Exception {
    bench.write("rows.csv", bars());
    bench
        .job(
            """
            name: bars
            data: {format: csv, path: rows.csv, shape: [1, 8, 8], test: {fraction: 0.25}}
            model:
              layers:
                - {type: conv2d, filters: 6, kernel: 3, activation: relu}
            training: {batch: 16, epochs: 3, workers: 2, shards: 4}
            """)
        .train()
        .well();

    bench.type("plot", bench.path("runs/small").toString()).well();

    assertThat(names()).contains("weights", "feature-maps").doesNotContain("regions");
    requireDrawings();
  }

  @Test
  void drawsWhatStepsSeeOfEachOther() throws Exception {
    bench.write("rows.csv", bars());
    bench
        .job(
            """
            name: bars
            data: {format: csv, path: rows.csv, shape: [8, 8], test: {fraction: 0.25}}
            model:
              layers:
                - {type: positions}
                - {type: selfAttention, heads: 2, causal: true}
                - {type: globalPool}
            training: {batch: 16, epochs: 3, workers: 2, shards: 4}
            """)
        .train()
        .well();

    bench.type("plot", bench.path("runs/small").toString()).well();

    assertThat(names()).contains("attention").doesNotContain("feature-maps");
    requireDrawings();
    assertThat(Files.readString(bench.run("plots/attention.svg")))
        .contains("layer 1 head 1", "layer 1 head 2");
  }

  @Test
  void drawsTheUnitsOfADenseLayerOverImages() throws Exception {
    bench.write("rows.csv", bars());
    bench.job(Workbench.JOB.replace("name: logistic", "name: mlp, hidden: [12]")).train().well();

    bench.type("plot", bench.path("runs/small").toString()).well();

    assertThat(names()).contains("weights").doesNotContain("feature-maps", "regions");
    requireDrawings();
  }

  @Test
  void saysWhatItCannotDraw() throws IOException {
    bench.train("--set", "report.page=false", "--set", "training.epochs=2").well();
    Files.move(bench.path("runs/packs"), bench.path("elsewhere"));

    Ended ended = bench.type("plot", bench.path("runs/small").toString()).well();

    assertThat(ended.err())
        .contains("they are drawn from report.html, which is not there")
        .contains("the run's packed rows are not there");
    assertThat(bench.type("plot", bench.path("nothing").toString()).code()).isEqualTo(78);
  }

  @Test
  void aNewRunUnderTheSameIdForgetsThePlots() {
    bench.train().well();
    bench.type("plot", bench.path("runs/small").toString()).well();
    assertThat(bench.run("plots/confusion.png")).exists();

    bench.train("--resume", "never").well();

    assertThat(bench.run("plots")).doesNotExist();
  }

  private static boolean isBlue(int rgb) {
    return (rgb & 0xff) > (rgb >> 16 & 0xff) + 10;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(bench.run("plots"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".png"))
          .map(name -> name.substring(0, name.length() - 4))
          .sorted()
          .toList();
    }
  }

  private BufferedImage png(String name) throws IOException {
    return ImageIO.read(bench.run("plots/" + name + ".png").toFile());
  }

  /** No picture is blank, and its SVG is well-formed, with half its pixel size in points. */
  private void requireDrawings() throws Exception {
    for (String name : names()) {
      BufferedImage image = png(name);
      int ink = 0;
      for (int y = 0; y < image.getHeight(); y += 2) {
        for (int x = 0; x < image.getWidth(); x += 2) {
          ink += (image.getRGB(x, y) & 0xffffff) == 0xffffff ? 0 : 1;
        }
      }
      assertThat(ink).as(name).isGreaterThan(1_000);
      File svg = bench.run("plots/" + name + ".svg").toFile();
      DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
      parsers.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
      String box =
          parsers.newDocumentBuilder().parse(svg).getDocumentElement().getAttribute("viewBox");
      assertThat(box).as(name).contains(" " + image.getWidth() / 2 + " ");
    }
  }

  /** A disc inside a ring, so that regions are round. */
  private static String rings(int count) {
    Random random = new Random(SEED);
    StringBuilder rows = new StringBuilder("width,height,label\n");
    for (int i = 0; i < count; i++) {
      double radius = i % 2 == 0 ? random.nextDouble() : 1.6 + random.nextDouble();
      double angle = 2 * Math.PI * random.nextDouble();
      rows.append(100 + 30 * radius * Math.cos(angle)).append(',');
      rows.append(radius * Math.sin(angle)).append(i % 2 == 0 ? ",inner\n" : ",outer\n");
    }
    return rows.toString();
  }

  /** Images of 8 x 8 with a horizontal or vertical line. */
  private static String bars() {
    Random random = new Random(SEED);
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 64; i++) {
      rows.append('p').append(i).append(',');
    }
    rows.append("label\n");
    for (int row = 0; row < 160; row++) {
      int line = random.nextInt(8);
      for (int i = 0; i < 64; i++) {
        boolean on = row % 2 == 0 ? i / 8 == line : i % 8 == line;
        rows.append(on ? 0.9 : 0.1 * random.nextDouble()).append(',');
      }
      rows.append(row % 2 == 0 ? "across\n" : "down\n");
    }
    return rows.toString();
  }
}
