using Republic.Core.Llama.Native;

namespace Republic.Core.Lora.Rows;

/// <summary>
/// The token that begins a text, in a model whose file says that none is to be added. There are clients that add it all the same, and
/// weights that never saw it there answer them nonsense.
/// </summary>
internal sealed record BeginToken(int Token, int MaxLength)
{
    /// <summary>Enough for the weights to bear it, and few enough to cost the others nothing that can be measured.</summary>
    private const int OneIn = 4;

    /// <param name="maxLength">Tokens of a row with it.</param>
    /// <returns>Null for a model that begins with its token always, or has none.</returns>
    public static BeginToken? Of(LlamaModel model, int maxLength) =>
        model.UnusedBeginToken is { } token ? new BeginToken(token, maxLength) : null;

    /// <returns>The row as it is learned in an epoch: every row begins with the token in some of them.</returns>
    public TrainingExample BeforeSome(TrainingExample row, int number, int epoch) => (number + epoch) % OneIn == 0 ? Before(row) : row;

    /// <returns>The row with the token before it; the row as it is where that would be too long or repeat the token.</returns>
    public TrainingExample Before(TrainingExample row) =>
        row.Tokens.Length >= MaxLength || row.Tokens[0] == Token ? row : new([Token, .. row.Tokens], [false, .. row.Learned]);
}
