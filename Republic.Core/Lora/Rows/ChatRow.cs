using Republic.Core.Llama.Native;

namespace Republic.Core.Lora.Rows;

/// <summary>One conversation to learn from.</summary>
/// <param name="Line">Where it stands in its file, from 1.</param>
internal sealed record ChatRow(int Line, IReadOnlyList<ChatLine> Lines)
{
    /// <summary>All that is asked in it.</summary>
    public string Asked => Of("user");

    /// <summary>All that is answered.</summary>
    public string Answered => Of("assistant");

    private string Of(string role) => string.Join('\n', Lines.Where(line => line.Role == role).Select(line => line.Content));
}
