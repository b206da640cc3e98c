using Microsoft.EntityFrameworkCore;
using Republic.Core.Citizens.Profiles;
using Republic.Core.Data;
using Republic.Core.Events;

namespace Republic.Core.Citizens.Fields;

/// <summary>Makes, changes and removes the custom fields of a person and of their minions.</summary>
public sealed class CustomFieldEditor(RepublicDb db, LiveEvents live, TimeProvider time)
{
    /// <summary>Those that are named are made or changed, all or none; the others stay.</summary>
    public async Task<Outcome<Guid>> SetAsync(Guid person, Guid citizen, IReadOnlyList<CustomFieldInput> inputs, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await db.LockCitizenAsync(person, citizen, ct))
        {
            return Failure.NotFound("citizen");
        }

        if (Problems(inputs) is { Count: > 0 } errors)
        {
            return Failure.Invalid(errors);
        }

        var standing = await db.CustomFields.Where(f => f.CitizenId == citizen).ToDictionaryAsync(f => f.NormalizedName, ct);
        var now = time.GetUtcNow();
        foreach (var input in inputs)
        {
            var name = input.FieldName!.Trim();
            if (standing.TryGetValue(CustomField.Normalize(name), out var field))
            {
                (field.FieldValue, field.UpdatedAt) = (input.FieldValue!.Trim(), now);
                continue;
            }

            var made = new CustomField
            {
                CitizenId = citizen,
                FieldName = name,
                FieldValue = input.FieldValue!.Trim(),
                CreatedAt = now,
                UpdatedAt = now,
            };
            standing[made.NormalizedName] = made;
            db.CustomFields.Add(made);
        }

        if (standing.Count > CustomField.MostPerCitizen)
        {
            return Failure.Conflict(
                $"That would be {standing.Count} custom fields; at most {CustomField.MostPerCitizen} are kept. Remove some first."
            );
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        live.Publish(person, new LiveEvent(CitizenEditor.Changed, citizen, null));
        return citizen;
    }

    /// <returns>The name that it had.</returns>
    public async Task<Outcome<string>> RemoveAsync(Guid person, Guid citizen, Guid field, CancellationToken ct)
    {
        if (!await db.Citizens.EditableBy(db, person).AnyAsync(c => c.Id == citizen, ct))
        {
            return Failure.NotFound("citizen");
        }

        if (await db.CustomFields.SingleOrDefaultAsync(f => f.Id == field && f.CitizenId == citizen, ct) is not { } found)
        {
            return Failure.NotFound("custom field");
        }

        db.CustomFields.Remove(found);
        await db.SaveChangesAsync(ct);
        live.Publish(person, new LiveEvent(CitizenEditor.Changed, citizen, null));
        return found.FieldName;
    }

    private static IReadOnlyList<FieldError> Problems(IReadOnlyList<CustomFieldInput> inputs)
    {
        var rules = new FieldRules([]);
        if (inputs.Count > CustomField.MostPerCitizen)
        {
            rules.Add(
                "custom_fields",
                $"There are {inputs.Count} custom fields; at most {CustomField.MostPerCitizen} are kept. Take some out."
            );
            return rules.Errors;
        }

        HashSet<string> names = [];
        for (var i = 0; i < inputs.Count; i++)
        {
            var (name, value, at) = (inputs[i]?.FieldName, inputs[i]?.FieldValue, inputs.Count == 1 ? "" : $"custom_fields[{i}].");
            rules.Required($"{at}field_name", "The field's name", name);
            rules.Text($"{at}field_name", "The field's name", name, CustomField.MaxName);
            rules.Required($"{at}field_value", "The field's value", value);
            rules.Text($"{at}field_value", "The field's value", value, CustomField.MaxValue, isLine: false);
            if (name is not null && !names.Add(CustomField.Normalize(name.Trim())))
            {
                rules.Add($"{at}field_name", $"“{name.Trim()}” is listed twice. Use each name once, in capitals or not.");
            }
        }

        return rules.Errors;
    }
}
