using System.Runtime.InteropServices;

namespace Republic.Core.Providers.Spending;

/// <summary>What came of asking for more of a budget.</summary>
/// <param name="Taken">All that is spent or set aside by anybody, in billionths of a dollar.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LeaseAnswer(LeaseOutcome Outcome, long Taken);
