// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace augury {

class JobBar;
class Session;

/// Shows in `bar` what the session works at, how far it is, and how it ended; Stop stops it.
void showJobs(JobBar& bar, Session& session);

} // namespace augury
