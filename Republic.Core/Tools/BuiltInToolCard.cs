using Republic.Core.Tools.BuiltIn;

namespace Republic.Core.Tools;

/// <summary>A tool that comes with Republic, and whether a minion has it.</summary>
/// <param name="IsAlways">The person said “always”: no call of it asks.</param>
public sealed record BuiltInToolCard(BuiltInTool Tool, bool IsOn, bool IsAlways);
