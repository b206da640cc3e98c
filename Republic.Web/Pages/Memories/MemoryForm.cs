using Republic.Core.Memories;
using Republic.Core.Memories.Recall;

namespace Republic.Web.Pages.Memories;

public sealed class MemoryForm
{
    public Guid? MinionId { get; set; }

    public string? Content { get; set; }

    /// <summary>0 to 1, as one of <see cref="Weights"/>.</summary>
    public double? Importance { get; set; }

    /// <summary>What a person chooses from, instead of numbers.</summary>
    public static IReadOnlyList<(double From, double Value, string Word)> Weights { get; } =
    [(0, 0.2, "Rarely matters"), (0.35, 0.5, "When it fits"), (MemoryRecall.Important, 0.9, "Always: in every answer")];

    public static (double From, double Value, string Word) WeightOf(double importance) => Weights.Last(weight => weight.From <= importance);

    public MemoryInput ToInput() => new(Content ?? "", Importance);
}
