using Microsoft.AspNetCore.Identity;
using Republic.Core.Citizens;

namespace Republic.Core.Accounts;

/// <summary>Somebody with an account. The id is that of the person's <see cref="Citizen"/>.</summary>
public sealed class Person : IdentityUser<Guid>
{
    public required Citizen Citizen { get; init; }

    public bool IsSuperuser { get; set; }

    private Person() { }

    public static Person New(string email, string displayName, DateTimeOffset now)
    {
        var citizen = new Citizen
        {
            Kind = CitizenKind.Person,
            DisplayName = displayName,
            CreatedAt = now,
        };
        return new Person
        {
            Id = citizen.Id,
            Citizen = citizen,
            Email = email,
            UserName = email,
        };
    }
}
