using System.Globalization;

namespace Republic.Sprout.Exams;

/// <summary>Right answers at the end of chats of so many turns.</summary>
/// <param name="PromptTokens">On the mean.</param>
/// <param name="Of">Without those chats that the model could not hold.</param>
internal sealed record LengthRow(int Turns, int PromptTokens, int Right, int Of)
{
    public double Share => Of == 0 ? 0 : (double)Right / Of;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"| {Turns} | {PromptTokens} | {Right} | {Of} | {100 * Share:0.0} % |");
}
