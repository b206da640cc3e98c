using Republic.Core.Episodes.Knowing;
using Republic.Core.Episodes.Machine;
using Republic.Core.Minions;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Episodes.Playing;

/// <summary>A minion in its role, with what the role knows.</summary>
internal sealed record Player(Minion Minion, RoleDefinition Role, EpisodeMachine Machine, EpisodeState State, RoleKnowledge Knowledge);
