using System.Text.Json;
using System.Text.Json.Serialization;

namespace Republic.Core.Citizens.Profiles;

/// <summary>What a person may set of a citizen here, with the names of the JSON API in snake case. Anything else that is sent is ignored.</summary>
public sealed record CitizenInput
{
    private static readonly JsonFields<CitizenInput> Fields = new();

    public string? FirstName { get; set; }
    public string? LastName { get; set; }
    public List<string>? PersonalityTraits { get; set; }
    public List<string>? Skills { get; set; }
    public List<string>? Interests { get; set; }
    public PreferredModel? LlmModel { get; set; }
    public PreferredModel? EmbeddingModel { get; set; }

    /// <summary>What was sent but could not be read at all. Reported with the rest.</summary>
    [JsonIgnore]
    public IReadOnlyList<FieldError> Unreadable { get; set; } = [];

    /// <summary>A citizen as it stands, so that a change of a few fields is laid over it.</summary>
    public static CitizenInput Of(Citizen citizen) =>
        new()
        {
            FirstName = citizen.FirstName,
            LastName = citizen.LastName,
            PersonalityTraits = citizen.PersonalityTraits,
            Skills = citizen.Skills,
            Interests = citizen.Interests,
            LlmModel = citizen.LlmModel,
            EmbeddingModel = citizen.EmbeddingModel,
        };

    /// <param name="over">What stands: absent keeps it, null clears it.</param>
    public static Outcome<CitizenInput> Read(JsonElement body, CitizenInput over)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return Failure.Invalid("", "Send a JSON object with the citizen's fields.");
        }

        var input = over with { };
        input.Unreadable = Fields.Lay(body, input);
        return input;
    }
}
