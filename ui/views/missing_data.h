// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace augury {

class EmptyState;
class Session;

/// What a page says while no data set is open: which one belongs here, why it is not there, and
/// the one command that gets it. Returns false, and leaves `state` alone, when one is open.
bool showMissingData(EmptyState& state, const Session& session);

/// The case of the sample data set, whose package is not installed.
void showMissingSample(EmptyState& state);

} // namespace augury
