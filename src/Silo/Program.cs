using RestateCloud.Silo;

return await Cloud.RunAsync(args);
