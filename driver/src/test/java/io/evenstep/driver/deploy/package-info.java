/** What {@code deploy/} holds, checked as far as it can be without the machines it is for. */
@NullMarked
package io.evenstep.driver.deploy;

import org.jspecify.annotations.NullMarked;
