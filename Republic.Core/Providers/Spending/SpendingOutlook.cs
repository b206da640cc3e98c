using System.Runtime.InteropServices;
using Republic.Core.Providers.Spending.Admission;

namespace Republic.Core.Providers.Spending;

/// <summary>What a call of one model would come to just now, before it is made.</summary>
/// <param name="Refusal">Why it would not be made; null where it would.</param>
/// <param name="Most">The most that it can cost, in US dollars; null where nobody knows the price, or nothing bounds it.</param>
/// <param name="LongestAnswer">In tokens, as that cost takes it; null where nothing bounds it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SpendingOutlook(SpendingRefusal? Refusal, decimal? Most, long? LongestAnswer);
