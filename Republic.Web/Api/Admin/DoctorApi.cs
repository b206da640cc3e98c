using Republic.Core.Doctor;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Admin;

/// <summary>Examines the installation. For superusers.</summary>
internal static class DoctorApi
{
    public static void MapDoctor(this IEndpointRouteBuilder app) =>
        app.MapGroup("/api/admin/doctor")
            .WithTags("Administration")
            .RequireSuperuser("Only a superuser examines the installation.")
            .MapGet("", ExamineAsync)
            .Produces<DoctorReport>();

    private static async Task<IResult> ExamineAsync(Examiner examiner, CancellationToken ct) =>
        TypedResults.Ok(await examiner.ExamineAsync(ct));
}
