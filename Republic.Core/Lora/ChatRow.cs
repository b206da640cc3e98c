using Republic.Core.ModelHost.Native;

namespace Republic.Core.Lora;

/// <summary>One conversation to learn from.</summary>
/// <param name="Line">Where it stands in its file, from 1.</param>
internal sealed record ChatRow(int Line, IReadOnlyList<ChatLine> Lines);
