using Republic.Core.Answering.Turns;
using Republic.Core.Episodes.Machine;

namespace Republic.Core.Episodes.Playing;

/// <summary>A step as it came, before it is written down.</summary>
/// <param name="Written">Its answer; null where that is saved already.</param>
internal sealed record PlayedStep(Step Step, WrittenTurn? Written, EpisodeEvent Event);
