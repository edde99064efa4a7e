package io.evenstep.driver.cli.terminal;

import io.evenstep.driver.control.Progress;
import java.io.PrintStream;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar for a terminal. */
final class BarProgress implements Progress {
  private static final String CLEAR_LINE = "\r\033[K";

  private final PrintStream out;
  private final boolean colours;
  private Optional<ProgressBar> bar = Optional.empty();

  /**
   * Draws on a terminal.
   *
   * @param colours whether lines may have colours
   */
  BarProgress(PrintStream out, boolean colours) {
    this.out = out;
    this.colours = colours;
  }

  @Override
  public synchronized void say(String line) {
    out.println((bar.isPresent() ? CLEAR_LINE : "") + (colours ? Colours.of(line) : line));
  }

  @Override
  public synchronized void begin(String task, long total) {
    end();
    bar =
        Optional.of(
            new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(250)
                .setConsumer(new ConsoleProgressBarConsumer(out))
                .build());
  }

  @Override
  public synchronized void at(long done, String detail) {
    bar.ifPresent(b -> b.setExtraMessage(" " + detail).stepTo(done));
  }

  @Override
  public synchronized void end() {
    bar.ifPresent(ProgressBar::close);
    bar = Optional.empty();
  }
}
