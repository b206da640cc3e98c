using Microsoft.EntityFrameworkCore;
using Republic.Core.Archives.Records;
using Republic.Core.Citizens.Fields;
using Republic.Core.Citizens.Profiles;
using Republic.Core.Data;

namespace Republic.Core.Archives.Importing.Parts;

/// <summary>Lays what an archive says of a person or a minion beside what stands here: nothing is written over.</summary>
internal static class CitizenFields
{
    private const int MostItems = 50;

    /// <returns>Whether anything was added, or why not.</returns>
    public static async Task<Outcome<bool>> AddAsync(ImportScope scope, Guid citizen, ArchivedCitizen from, CancellationToken ct)
    {
        var isChanged = false;
        var updated = await scope.WithAsync(
            (CitizenEditor editor, RepublicDb _) =>
                editor.UpdateAsync(
                    scope.Person,
                    citizen,
                    standing =>
                    {
                        var wanted = Beside(standing, from);
                        isChanged = !Same(wanted, standing);
                        return wanted;
                    },
                    ct
                )
        );
        if (!updated.Ok)
        {
            return updated.Failure;
        }

        var added = await scope.WithAsync(
            (CustomFieldEditor editor, RepublicDb db) => AddFieldsAsync(scope, editor, db, citizen, from, ct)
        );
        return added.Ok ? isChanged || added.Value > 0 : added.Failure;
    }

    /// <returns>How many were added.</returns>
    private static async Task<Outcome<int>> AddFieldsAsync(
        ImportScope scope,
        CustomFieldEditor editor,
        RepublicDb db,
        Guid citizen,
        ArchivedCitizen from,
        CancellationToken ct
    )
    {
        var standing = await db.CustomFields.Where(f => f.CitizenId == citizen).Select(f => f.NormalizedName).ToListAsync(ct);
        var wanted = from
            .CustomFields.OfType<ArchivedField>()
            .Where(field => !standing.Contains(CustomField.Normalize(field.Name.Trim())))
            .Select(field => new CustomFieldInput(field.Name, field.Value))
            .ToList();
        if (wanted.Count == 0)
        {
            return 0;
        }

        var set = await editor.SetAsync(scope.Person, citizen, wanted, ct);
        return set.Ok ? wanted.Count : set.Failure;
    }

    private static CitizenInput Beside(CitizenInput standing, ArchivedCitizen from) =>
        standing with
        {
            FirstName = standing.FirstName ?? from.FirstName,
            LastName = standing.LastName ?? from.LastName,
            PersonalityTraits = Joined(standing.PersonalityTraits, from.PersonalityTraits),
            Skills = Joined(standing.Skills, from.Skills),
            Interests = Joined(standing.Interests, from.Interests),
        };

    private static List<string> Joined(List<string>? standing, IReadOnlyList<string> more) =>
        [.. (standing ?? []).Union(more.OfType<string>().Select(item => item.Trim()), StringComparer.Ordinal).Take(MostItems)];

    private static bool Same(CitizenInput one, CitizenInput other) =>
        (one.FirstName, one.LastName) == (other.FirstName, other.LastName)
        && one.PersonalityTraits!.SequenceEqual(other.PersonalityTraits ?? [])
        && one.Skills!.SequenceEqual(other.Skills ?? [])
        && one.Interests!.SequenceEqual(other.Interests ?? []);
}
