using Republic.Core.Citizens;

namespace Republic.Web.Http.Auth;

/// <summary>Notes who makes a request.</summary>
internal static class SeenPeople
{
    /// <summary>Behind authentication, and behind what ends a session.</summary>
    public static IApplicationBuilder UseSeenPeople(this WebApplication app)
    {
        var seen = app.Services.GetRequiredService<LastSeen>();
        return app.Use(
            (context, next) =>
            {
                if (CurrentPerson.FromOrNull(context.User) is { } person)
                {
                    seen.Note(person.Id);
                }

                return next(context);
            }
        );
    }
}
