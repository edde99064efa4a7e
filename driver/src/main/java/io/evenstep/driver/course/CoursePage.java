package io.evenstep.driver.course;

import io.evenstep.driver.report.PageTemplate;
import io.evenstep.driver.run.RunFolder;
import io.evenstep.driver.run.RunReport;
import io.evenstep.model.Reason;
import io.evenstep.worker.checkpoint.FileFault;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * One page with a table of the figures and the pictures of all jobs. It holds its pictures itself,
 * so it can be passed on as one file.
 */
final class CoursePage {
  /** The report page of each run has these, so that this page stays small. */
  private static final Set<String> LEFT_OUT =
      Set.of("loss-by-step", "metrics-by-epoch", "learning-rate", "gradient-norm", "roc");

  private static final String PAGE = "index.html";
  private static final String TEMPLATE = "/io/evenstep/driver/course/course.html";

  private final StringBuilder html = new StringBuilder();

  private CoursePage() {}

  /**
   * Writes {@code index.html} beside the runs.
   *
   * @return its path; empty when there is no run
   */
  static Optional<Path> write(List<CourseEntry> entries, Configuration hadoop) {
    Optional<RunFolder> first = entries.stream().flatMap(entry -> entry.run().stream()).findFirst();
    return first.map(
        run -> {
          RunFolder course = RunFolder.at(run.folder().getParent(), hadoop);
          course.write(PAGE, new CoursePage().page(entries));
          return course.path(PAGE);
        });
  }

  private String page(List<CourseEntry> entries) {
    long done = entries.stream().filter(CourseEntry::isDone).count();
    double seconds = entries.stream().mapToDouble(CourseEntry::seconds).sum();
    html.append(
        String.format(
            Locale.ROOT,
            "<p class=\"sum\">%d of %d jobs are done. The last run of the course took %.0f s.</p>%n",
            done,
            entries.size(),
            seconds));
    table(entries);
    entries.forEach(this::pictures);
    return PageTemplate.filled(TEMPLATE, Map.of("content", html.toString()));
  }

  private void table(List<CourseEntry> entries) {
    html.append("<table><thead><tr><th>Job</th><th>Status</th><th>Epochs</th>")
        .append("<th>Training loss</th><th>Figures of the test rows</th><th>Training, s</th>")
        .append("</tr></thead><tbody>\n");
    for (CourseEntry entry : entries) {
      html.append("<tr class=\"").append(entry.isDone() ? "ok" : "bad").append("\"><td>");
      html.append("<a href=\"#").append(PageTemplate.text(entry.name())).append("\">");
      html.append(PageTemplate.text(entry.name())).append("</a></td><td>").append(entry.status());
      html.append("</td>").append(entry.report().map(CoursePage::figures).orElse(""));
      entry
          .failure()
          .ifPresent(
              e ->
                  html.append("<td colspan=\"4\">")
                      .append(PageTemplate.text(Reason.of(e)))
                      .append("</td>"));
      html.append("</tr>\n");
    }
    html.append("</tbody></table>\n");
  }

  private static String figures(RunReport report) {
    Double loss = report.metrics().get("train.loss");
    return String.format(
        Locale.ROOT,
        "<td class=\"n\">%d</td><td class=\"n\">%s</td><td>%s</td><td class=\"n\">%.1f</td>",
        report.work().epochs(),
        loss == null ? "" : String.format(Locale.ROOT, "%.4f", loss),
        PageTemplate.text(CourseFigures.words(report)),
        report.timing().trainSeconds());
  }

  private void pictures(CourseEntry entry) {
    html.append("<section id=\"").append(PageTemplate.text(entry.name())).append("\"><h2>");
    html.append(PageTemplate.text(entry.name()))
        .append("</h2><p>")
        .append(PageTemplate.text(entry.about()));
    entry.run().ifPresent(run -> reportLink(run));
    html.append("</p><div class=\"pictures\">\n");
    entry.run().ifPresent(run -> Arrays.stream(files(run)).forEach(file -> picture(run, file)));
    html.append("</div></section>\n");
  }

  private void reportLink(RunFolder run) {
    String folder = run.folder().getName();
    html.append(" <a href=\"")
        .append(PageTemplate.text(folder))
        .append("/report.html\">Report</a>");
  }

  private static FileStatus[] files(RunFolder run) {
    try {
      FileStatus[] files = run.files().listStatus(run.path(RunFolder.PLOTS), CoursePage::isShown);
      Arrays.sort(files, Comparator.comparing(file -> file.getPath().getName()));
      return files;
    } catch (FileNotFoundException e) {
      return new FileStatus[0]; // the run failed
    } catch (IOException e) {
      throw FileFault.of("Cannot list", run.path(RunFolder.PLOTS), e);
    }
  }

  private static boolean isShown(Path file) {
    return file.getName().endsWith(".png")
        && !LEFT_OUT.contains(file.getName().replace(".png", ""));
  }

  private void picture(RunFolder run, FileStatus file) {
    try (FSDataInputStream in = run.files().open(file.getPath())) {
      html.append("<img loading=\"lazy\" alt=\"")
          .append(PageTemplate.text(file.getPath().getName().replace(".png", "")))
          .append("\" src=\"data:image/png;base64,")
          .append(Base64.getEncoder().encodeToString(in.readAllBytes()))
          .append("\">\n");
    } catch (IOException e) {
      throw FileFault.of("Cannot read", file.getPath(), e);
    }
  }
}
