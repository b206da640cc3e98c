using Republic.Core.Citizens.Profiles;

namespace Republic.Web.Pages.Citizens;

/// <summary>The form as it is typed, with commas between the entries of a list.</summary>
public sealed class CitizenForm
{
    public string? FirstName { get; set; }

    public string? LastName { get; set; }

    public string? PersonalityTraits { get; set; }

    public string? Skills { get; set; }

    public string? Interests { get; set; }

    public PreferredModelForm LlmModel { get; set; } = new();

    public PreferredModelForm EmbeddingModel { get; set; } = new();

    public static CitizenForm Of(CitizenCard card) =>
        new()
        {
            FirstName = card.FirstName,
            LastName = card.LastName,
            PersonalityTraits = string.Join(", ", card.PersonalityTraits),
            Skills = string.Join(", ", card.Skills),
            Interests = string.Join(", ", card.Interests),
            LlmModel = PreferredModelForm.Of(card.LlmModel),
            EmbeddingModel = PreferredModelForm.Of(card.EmbeddingModel),
        };

    public CitizenInput ToInput() =>
        new()
        {
            FirstName = FirstName,
            LastName = LastName,
            PersonalityTraits = Items(PersonalityTraits),
            Skills = Items(Skills),
            Interests = Items(Interests),
            LlmModel = LlmModel.ToModel(),
            EmbeddingModel = EmbeddingModel.ToModel(),
        };

    private static List<string> Items(string? text) =>
        [.. (text ?? "").Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
