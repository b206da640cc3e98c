using Microsoft.AspNetCore.Identity;
using Republic.Core.Citizens;

namespace Republic.Core.Accounts;

/// <summary>Somebody with an account. The id is that of the person's <see cref="Citizen"/>.</summary>
public sealed class Person : IdentityUser<Guid>
{
    internal static readonly Failure NotFound = new(FailureKind.NotFound, "There is no such person.", []);

    public required Citizen Citizen { get; init; }

    public bool IsSuperuser { get; set; }

    /// <summary>Since when they cannot sign in, and their keys, tokens and jobs stand still; null for everybody else.</summary>
    public DateTimeOffset? DeactivatedAt { get; set; }

    private Person() { }

    /// <summary>Names are unique without regard to case: <see cref="IdentityUser{TKey}.UserName"/> is the same as the citizen's.</summary>
    internal void Rename(string name)
    {
        Citizen.DisplayName = name;
        UserName = name;
    }

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
            UserName = displayName,
        };
    }
}
