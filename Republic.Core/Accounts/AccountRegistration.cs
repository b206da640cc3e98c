using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Republic.Core.Accounts.Attempts;
using Republic.Core.Accounts.Links;
using Republic.Core.Accounts.SigningUp;
using Republic.Core.Data;

namespace Republic.Core.Accounts;

public static class AccountRegistration
{
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddOptions<AccountOptions>().BindConfiguration(AccountOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services
            .AddIdentityCore<Person>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                // A user name is what a person is called here, and may hold any letter.
                identity.User.AllowedUserNameCharacters = "";
                // Passwords says what a password is; composition rules only make people write theirs down.
                identity.Password.RequiredLength = Passwords.MinLength;
                identity.Password.RequireDigit = false;
                identity.Password.RequireLowercase = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;
            })
            .AddEntityFrameworkStores<RepublicDb>();
        services.AddSingleton<FirstRun>();
        services.TryAddSingleton<PersonChanges>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<AddressFailures>();
        services.AddSingleton<AccessTokens>();
        services.AddScoped<SignInAttempts>();
        services.AddScoped<PasswordCheck>();
        services.AddScoped<Invitations>();
        services.AddScoped<PasswordResets>();
        services.AddScoped<SignUpPolicy>();
        services.AddScoped<SignUp>();
        services.AddScoped<SignIn>();
        services.AddScoped<Profile>();
        return services;
    }
}
