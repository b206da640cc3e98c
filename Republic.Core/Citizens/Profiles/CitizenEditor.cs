using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Events;

namespace Republic.Core.Citizens.Profiles;

/// <summary>
/// Changes what a person says of themselves and of their minions. Display name, face and whether a minion is in use are set where accounts and
/// minions are.
/// </summary>
public sealed class CitizenEditor(RepublicDb db, IProviderNames providers, LiveEvents live, TimeProvider time)
{
    /// <summary>What the live stream says when anything here changed.</summary>
    public const string Changed = "citizen.changed";

    private const int MaxItem = 100;
    private const int MaxModel = 300;

    /// <param name="edit">Gets the citizen as it stands, gives it as it should be.</param>
    public async Task<Outcome<Guid>> UpdateAsync(Guid person, Guid id, Func<CitizenInput, Outcome<CitizenInput>> edit, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await db.LockCitizenAsync(person, id, ct))
        {
            return Failure.NotFound("citizen");
        }

        var citizen = await db.Citizens.SingleAsync(c => c.Id == id, ct);
        var edited = edit(CitizenInput.Of(citizen));
        if (!edited.Ok)
        {
            return edited.Failure;
        }

        if (Problems(edited.Value) is { Count: > 0 } errors)
        {
            return Failure.Invalid(errors);
        }

        Apply(edited.Value, citizen);
        // A form of the minion that is open elsewhere was filled with other skills, and whoever keeps the minion in memory must let go of it.
        if (await db.Minions.SingleOrDefaultAsync(m => m.Id == id, ct) is { } minion)
        {
            minion.UpdatedAt = time.GetUtcNow();
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        live.Publish(person, new LiveEvent(Changed, id, null));
        return id;
    }

    private static void Apply(CitizenInput input, Citizen citizen)
    {
        citizen.FirstName = Text(input.FirstName);
        citizen.LastName = Text(input.LastName);
        citizen.PersonalityTraits = Items(input.PersonalityTraits);
        citizen.Skills = Items(input.Skills);
        citizen.Interests = Items(input.Interests);
        citizen.LlmModel = Trimmed(input.LlmModel);
        citizen.EmbeddingModel = Trimmed(input.EmbeddingModel);
    }

    private IReadOnlyList<FieldError> Problems(CitizenInput input)
    {
        var rules = new FieldRules(input.Unreadable);
        rules.Text("first_name", "The first name", input.FirstName, CitizenTable.MaxName);
        rules.Text("last_name", "The last name", input.LastName, CitizenTable.MaxName);
        rules.Items("personality_traits", "The list of traits", input.PersonalityTraits, MaxItem);
        rules.Items("skills", "The list of skills", input.Skills, MaxItem);
        rules.Items("interests", "The list of interests", input.Interests, MaxItem);
        Model("llm_model", input.LlmModel, rules);
        Model("embedding_model", input.EmbeddingModel, rules);
        return rules.Errors;
    }

    private void Model(string field, PreferredModel? model, FieldRules rules)
    {
        if (model is null)
        {
            return;
        }

        if (model.Provider is null || !providers.IsKnown(model.Provider.Trim()))
        {
            rules.Add($"{field}.provider", "A preferred model needs a provider that is known here. Choose one of the list.");
        }

        rules.Required($"{field}.model_id", "The preferred model", model.ModelId);
        rules.Text($"{field}.model_id", "The preferred model", model.ModelId, MaxModel);
    }

    private static PreferredModel? Trimmed(PreferredModel? model) =>
        model is null ? null : new PreferredModel(model.Provider.Trim(), model.ModelId.Trim());

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static List<string> Items(List<string>? items) =>
        [.. (items ?? []).Select(item => item.Trim()).Where(item => item.Length > 0).Distinct(StringComparer.Ordinal)];
}
