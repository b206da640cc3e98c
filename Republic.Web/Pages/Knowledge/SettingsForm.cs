using System.Globalization;
using Republic.Core;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Knowledge;

/// <summary>A collection's settings as they are typed: numbers are read here, so that what is none is said beside its field.</summary>
public sealed class SettingsForm
{
    public string? Name { get; set; }

    public string? Description { get; set; }

    public CuttingFields Cutting { get; set; } = new();

    public RetrievalFields Retrieval { get; set; } = new();

    public EmbeddingForm Embedding { get; set; } = new();

    public bool LoseEdits { get; set; }

    public static SettingsForm Of(CollectionCard card)
    {
        return new()
        {
            Name = card.Name,
            Description = card.Description,
            Cutting = { Length = Text(card.Cutting.Length), Overlap = Text(card.Cutting.Overlap) },
            Retrieval = { Limit = Text(card.Retrieval.Limit), Threshold = Text(card.Retrieval.Threshold) },
            Embedding = EmbeddingForm.Of(card.Embedding),
        };
    }

    public Outcome<CollectionInput> ToInput(CollectionCard card)
    {
        var unreadable = new List<FieldError>();
        var cutting = new CuttingSettings(
            TypedNumber.Whole("cutting.length", Cutting.Length, unreadable) ?? card.Cutting.Length,
            TypedNumber.Whole("cutting.overlap", Cutting.Overlap, unreadable) ?? card.Cutting.Overlap
        );
        var retrieval = new RetrievalSettings(
            TypedNumber.Whole("retrieval.limit", Retrieval.Limit, unreadable) ?? card.Retrieval.Limit,
            TypedNumber.Number("retrieval.threshold", Retrieval.Threshold, unreadable) ?? card.Retrieval.Threshold
        );
        if (string.IsNullOrWhiteSpace(Name))
        {
            unreadable.Add(new FieldError("name", "A collection needs a name."));
        }

        var model = Embedding.ToModel();
        return unreadable.Count > 0
            ? Failure.Invalid(unreadable)
            : new CollectionInput
            {
                Name = Name,
                Description = Description ?? "",
                Cutting = cutting,
                Retrieval = retrieval,
                Embedding = model,
                NoEmbedding = model is null,
                LoseEdits = LoseEdits,
            };
    }

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
