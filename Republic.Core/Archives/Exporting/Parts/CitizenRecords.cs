using Microsoft.EntityFrameworkCore;
using Republic.Core.Archives.Records;
using Republic.Core.Data;

namespace Republic.Core.Archives.Exporting.Parts;

/// <summary>Reads what is the same of a person and of a minion.</summary>
internal static class CitizenRecords
{
    public static async Task<ArchivedCitizen> CitizenRecordAsync(this RepublicDb db, Guid id, CancellationToken ct)
    {
        var citizen = await db.Citizens.AsNoTracking().SingleAsync(c => c.Id == id, ct);
        return new ArchivedCitizen
        {
            FirstName = citizen.FirstName,
            LastName = citizen.LastName,
            PersonalityTraits = citizen.PersonalityTraits,
            Skills = citizen.Skills,
            Interests = citizen.Interests,
            CustomFields = await db
                .CustomFields.Where(f => f.CitizenId == id)
                .OrderBy(f => f.Id)
                .Select(f => new ArchivedField(f.FieldName, f.FieldValue))
                .ToListAsync(ct),
            Capabilities = await db
                .Capabilities.Where(c => c.CitizenId == id)
                .OrderBy(c => c.Id)
                .Select(c => new ArchivedCapability(c.Name, c.SuccessCount, c.FailureCount, c.FeedbackSum, c.FeedbackCount, c.Description))
                .ToListAsync(ct),
        };
    }
}
