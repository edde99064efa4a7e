/** Pictures for lessons that need no run: {@link io.evenstep.driver.plot.lesson.LessonFigures}. */
@NullMarked
package io.evenstep.driver.plot.lesson;

import org.jspecify.annotations.NullMarked;
